# Mails. `direction` is upgrade, downgrade or change; `route` is one of the two below.

mail-greeting = { $name } 様
mail-questions = ご不明な点は、このメールにご返信いただくか、{ $email } までご連絡ください。
mail-line = { $words }：{ $value }
mail-route = （{ $from } → { $to }）
mail-route-within = （{ $plan }）

mail-see-change = 変更を見る
mail-follow-change = 変更の進み具合を見る
mail-see-service = サービスを見る
mail-see-invoice = 請求書を見る
mail-see-and-pay = 請求書を見て支払う
mail-pay-invoice = 請求書を支払う
mail-see-balance = 残高を見る
mail-see-document = { $number }を見る
mail-to-pay = お支払い額
mail-put-on-balance = 残高への計上額
mail-balance-pays = 残高は次回以降の請求書のお支払いに自動的に充当されます。

mail-planned-subject = { $direction ->
    [upgrade] { $brand }：{ $service }のアップグレードのご予約
    [downgrade] { $brand }：{ $service }のダウングレードのご予約
   *[change] { $brand }：{ $service }の変更のご予約
}
mail-planned = { $direction ->
    [upgrade] { $service }のアップグレード{ $route }を承りました。次の請求期間（{ $by }）から適用されます。それまで変更はなく、今回のお支払いもありません。
    [downgrade] { $service }のダウングレード{ $route }を承りました。次の請求期間（{ $by }）から適用されます。それまで変更はなく、今回のお支払いもありません。
   *[change] { $service }の変更{ $route }を承りました。次の請求期間（{ $by }）から適用されます。それまで変更はなく、今回のお支払いもありません。
}
mail-planned-day = { $direction ->
    [upgrade] { $service }のアップグレード（{ $route }）を{ $day }付けで承りました。それまでは何も変わらず、支払うものもありません。
    [downgrade] { $service }のダウングレード（{ $route }）を{ $day }付けで承りました。それまでは何も変わりません。
   *[change] { $service }の変更（{ $route }）を{ $day }付けで承りました。それまでは何も変わらず、支払うものもありません。
}
mail-planned-day-due = その日に{ $amount }のお支払いが発生し、その時点の残高が先に充てられます。
mail-planned-day-back = その日に{ $amount }が残高に戻ります。
mail-planned-until-then = それまでは取り消すことができます。

mail-ordered-subject = { $direction ->
    [upgrade] { $brand }：{ $service }のアップグレードのお支払い（{ $amount }）
    [downgrade] { $brand }：{ $service }のダウングレードのお支払い（{ $amount }）
   *[change] { $brand }：{ $service }の変更のお支払い（{ $amount }）
}
mail-ordered = { $direction ->
    [upgrade] { $service }のアップグレード{ $route }を承りました。請求書{ $number }のお支払い後すぐに適用されます。それまで変更はありません。
    [downgrade] { $service }のダウングレード{ $route }を承りました。請求書{ $number }のお支払い後すぐに適用されます。それまで変更はありません。
   *[change] { $service }の変更{ $route }を承りました。請求書{ $number }のお支払い後すぐに適用されます。それまで変更はありません。
}
mail-ordered-in-the-end = { $direction ->
    [upgrade] { $service }のアップグレード{ $route }を承りました。請求書は{ $number }です。お支払い後すぐに適用されます。
    [downgrade] { $service }のダウングレード{ $route }を承りました。請求書は{ $number }です。お支払い後すぐに適用されます。
   *[change] { $service }の変更{ $route }を承りました。請求書は{ $number }です。お支払い後すぐに適用されます。
}
mail-ordered-until = { $by }までにお支払いください。期限までにお支払いがない場合、ご注文は無効となり、請求書は取り消され、お支払いは不要になります。
mail-ordered-until-failed = { $by }までにお支払いください。お支払いが失敗した場合や期限までにない場合、ご注文は無効となり、請求書は取り消され、お支払いは不要になります。
mail-ordered-until-in-the-end = { $by }までにお支払いください。お支払いが失敗した場合や期限までにない場合もご注文は適用され、請求額をお支払いいただきます。
mail-ordered-how = カードをお選びの場合はただいまお支払いを処理しており、お手続きは不要です。銀行振込の場合は { $bank } へ、{ $number }を記載してお振り込みください。

mail-changed-subject = { $brand }：{ $service }は{ $to }になりました
mail-changed-within-subject = { $direction ->
    [upgrade] { $brand }：{ $service }のアップグレードが完了しました
    [downgrade] { $brand }：{ $service }のダウングレードが完了しました
   *[change] { $brand }：{ $service }の変更が完了しました
}
mail-changed = { $direction ->
    [upgrade] アップグレードが完了しました。{ $service }は{ $from }から{ $to }になりました。
    [downgrade] ダウングレードが完了しました。{ $service }は{ $from }から{ $to }になりました。
   *[change] 変更が完了しました。{ $service }は{ $from }から{ $to }になりました。
}
mail-changed-within = { $direction ->
    [upgrade] { $service }のアップグレードが完了しました。プランは{ $to }のままで、お選びのオプションとお支払いの周期が適用されています。
    [downgrade] { $service }のダウングレードが完了しました。プランは{ $to }のままで、お選びのオプションとお支払いの周期が適用されています。
   *[change] { $service }の変更が完了しました。プランは{ $to }のままで、お選びのオプションとお支払いの周期が適用されています。
}
mail-changed-free = お支払いも返金もありません。
mail-changed-credited = お支払い済みで不要になった日数分の{ $amount }を、クレジットノート{ $number }で残高に加えました。残高は次回以降の請求書のお支払いに自動的に充当されます。
mail-changed-owed = 料金は{ $amount }です。請求書{ $number }を{ $by }までにお支払いください。カードをお選びの場合は、ただいまお支払いを処理しています。
mail-changed-missed = 料金は{ $amount }で、まだお支払いがありません。ご注文時のご案内のとおり、変更は適用されました。請求書{ $number }をお支払いください。
mail-changed-paid = 料金は{ $amount }です。請求書{ $number }はお支払い済みです。
mail-changed-cost = 料金は{ $amount }です。
mail-changed-next-invoice = 次回の請求書までの料金は{ $amount }で、{ $day }の請求書に記載します。今回のお支払いはありません。
mail-changed-off-next-invoice = 不要になった日数分の{ $amount }を、{ $day }の次回の請求書から差し引きます。差し引ききれない分は残高に加えます。
mail-changed-arrears = 変更後の料金は、期間が終わる{ $day }にご請求します。それまでこの分のお支払いはありません。
mail-changed-bought = お支払い済みの残額が、変更後の内容の{ $days }日分になりました。今回のお支払いはありません。次回の請求日は{ $day }です。
mail-changed-restart = 新しいサイズにするためサーバーが再起動し、約{ $seconds }秒間停止します。稼働しましたら改めてご連絡いたします。

mail-resized-subject = { $brand }：{ $service }は新しいサイズで稼働しています
mail-resized = { $service }は新しいサイズになり、再起動して稼働しています。データはそのままです。
mail-set-up-subject = { $brand }：{ $service }の設定が完了しました
mail-set-up = { $service }の変更に伴う設定がすべて完了しました。

mail-lapsed-subject = { $direction ->
    [upgrade] { $brand }：{ $service }のアップグレードは期限までにお支払いがありませんでした
    [downgrade] { $brand }：{ $service }のダウングレードは期限までにお支払いがありませんでした
   *[change] { $brand }：{ $service }の変更は期限までにお支払いがありませんでした
}
mail-lapsed-failed-subject = { $direction ->
    [upgrade] { $brand }：{ $service }のアップグレードはお支払いがありませんでした
    [downgrade] { $brand }：{ $service }のダウングレードはお支払いがありませんでした
   *[change] { $brand }：{ $service }の変更はお支払いがありませんでした
}
mail-lapsed = { $direction ->
    [upgrade] { $service }のアップグレード{ $route }は期限までにお支払いがなかったため、行われませんでした。変更はなく、プランは{ $from }のままです。
    [downgrade] { $service }のダウングレード{ $route }は期限までにお支払いがなかったため、行われませんでした。変更はなく、プランは{ $from }のままです。
   *[change] { $service }の変更{ $route }は期限までにお支払いがなかったため、行われませんでした。変更はなく、プランは{ $from }のままです。
}
mail-lapsed-failed = { $direction ->
    [upgrade] { $service }のアップグレード{ $route }は、お支払いが失敗したか、期限までになかったため、行われませんでした。変更はなく、プランは{ $from }のままです。
    [downgrade] { $service }のダウングレード{ $route }は、お支払いが失敗したか、期限までになかったため、行われませんでした。変更はなく、プランは{ $from }のままです。
   *[change] { $service }の変更{ $route }は、お支払いが失敗したか、期限までになかったため、行われませんでした。変更はなく、プランは{ $from }のままです。
}
mail-lapsed-again = いつでも改めてご注文いただけます。お支払いがすでにお済みの場合は、残高に加えます。
mail-nothing-owed = お支払いは不要です。{ $amount }をクレジットノート{ $number }で取り消しました。残高から確保していた分は元に戻りました。
mail-nothing-owed-plainly = お支払いは不要です。

mail-withdrawn-subject = { $direction ->
    [upgrade] { $brand }：{ $service }のアップグレードを取り消しました
    [downgrade] { $brand }：{ $service }のダウングレードを取り消しました
   *[change] { $brand }：{ $service }の変更を取り消しました
}
mail-withdrawn = { $direction ->
    [upgrade] { $service }のアップグレード{ $route }は、適用前に取り消されました。変更はなく、プランは{ $from }のままです。
    [downgrade] { $service }のダウングレード{ $route }は、適用前に取り消されました。変更はなく、プランは{ $from }のままです。
   *[change] { $service }の変更{ $route }は、適用前に取り消されました。変更はなく、プランは{ $from }のままです。
}

mail-payment-failed-subject = { $brand }：{ $amount }のお支払いが完了しませんでした
mail-payment-failed = 請求書{ $number }の{ $amount }のお支払いを処理しましたが、完了しませんでした。請求は行われず、変更もありません。
mail-payment-failed-retry = { $day }に再度お支払いを処理します。
mail-payment-failed-restricts = { $day }までにお支払いがない場合、未払い分がすべて支払われるまで利用が制限されます。
mail-payment-failed-ends = { $day }までにお支払いがない場合、サービスは終了します。
mail-payment-failed-how = 別のカードでお支払いいただくか、{ $number }を記載のうえ { $bank } へお振り込みください。

mail-to-balance-subject = { $brand }：{ $amount }を残高に加えました
mail-to-balance = ご入金を確認しましたが、対象の請求がありませんでした。領収書{ $number }で残高に加えました。

mail-invoiced-subject = { $brand }：{ $service }の請求書{ $number }
mail-invoiced = { $service }の新しい請求期間が始まりました。請求書{ $number }はその料金です。
mail-trial-invoiced = { $service }のトライアルが始まりました。請求書{ $number }はその料金です。
mail-invoiced-how = カードでお支払いの場合はただいまお支払いを処理しており、お手続きは不要です。銀行振込の場合は { $bank } へ、{ $number }を記載してお振り込みください。

mail-received-subject = { $brand }：請求書{ $number }のお支払いを確認しました
mail-received = { $amount }のお支払いを確認しました。請求書{ $number }はお支払い済みです。ありがとうございます。

mail-restricted-subject = { $brand }：{ $service }の利用が制限されました
mail-restricted = 更新料金のお支払いがないため、{ $service }の利用を制限しました。データは削除されません。お支払いまでの期間も料金が発生します。
mail-restricted-how = 未払い分がすべて支払われると、すぐに利用を再開できます。カードでお支払いいただくか、{ $bank } へお振り込みください。
mail-pay-all = 未払い分を支払う

mail-restored-subject = { $brand }：{ $service }の利用を再開できます
mail-restored = ありがとうございます。未払い分がすべて支払われ、{ $service }を以前と同じようにご利用いただけます。

mail-payout-requested-subject = { $brand }：残高のうち{ $amount }を出金します
mail-payout-requested = 残高の出金を承りました。明細書{ $number }で残高から差し引きました。手数料は明細書に記載しています。残りの額を送金し、完了しだいお知らせします。
mail-payout-net = 出金額
mail-payout-sent-subject = { $brand }：{ $amount }を送金しました
mail-payout-sent = 明細書{ $number }の出金額を送金しました。銀行への反映には数日かかることがあります。お心当たりがない場合は、すぐにご連絡ください。
mail-payout-returned-subject = { $brand }：出金を完了できず、{ $amount }を残高に戻しました
mail-payout-returned = 出金の送金ができませんでした。領収書{ $number }で全額を残高に戻しました。理由は領収書に記載しています。手数料はいただいていません。

mail-cancelled-subject = { $brand }：{ $service }の解約を承りました
mail-cancelled = { $service }は、お支払い済みの期間が終わる{ $by }に終了します。その後の料金は発生しません。
mail-cancelled-until-then = それまではこれまでどおりご利用いただけます。解約を取り消すこともできます。

mail-uncancelled-subject = { $brand }：{ $service }のご契約を継続します
mail-uncancelled = { $service }の解約を取り消しました。ご契約はこれまでどおり更新されます。

mail-ended-subject = { $brand }：{ $service }が終了しました
mail-ended = { $service }が終了しました。今後の料金は発生しません。
mail-ended-unpaid = 更新料金のお支払いがないため、{ $service }を終了しました。今後の料金は発生しません。
mail-ended-to-balance = お支払い済みの料金のうち{ $amount }を残高に加えました。
mail-ended-released = 未払いの{ $amount }はお支払い不要になりました。
mail-ended-owed = 終了までのご利用分として{ $amount }が未払いです。カードでお支払いいただくか、{ $bank } へお振り込みください。
mail-ended-nothing-owed = お支払いいただく料金はありません。
