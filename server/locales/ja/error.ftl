# What went wrong: what happened, what was not done, what to do.

error-400-title = 内容を読み取れませんでした
error-400-happened = アドレスまたはフォームに、認識できない部分がありました。
error-400-not-done = 変更も請求も行われていません。
error-400-to-do = 前の画面に戻り、再読み込みしてもう一度お試しください。

error-401-title = ログインしてください
error-401-happened = ログインしていないか、セッションの有効期限が切れています。
error-401-not-done = 変更も請求も行われていません。
error-401-to-do = ログインして、もう一度ページを開いてください。

error-403-title = この操作はできません
error-403-happened = この操作の権限がないか、古くなったページからフォームが送信されました。
error-403-not-done = 変更も請求も行われていません。
error-403-to-do = 前の画面に戻り、再読み込みしてもう一度お試しください。解決しない場合は、アカウントの管理者にお問い合わせください。

error-404-title = ページが見つかりません
error-404-happened = このアドレスは存在しないか、お客様のアカウントのものではありません。
error-404-not-done = 何も変更されていません。
error-404-to-do = アドレスをご確認いただくか、ダッシュボードからやり直してください。

error-405-title = この方法では利用できません
error-405-happened = このアドレスは存在しますが、この方法では利用できません。
error-405-not-done = 変更も請求も行われていません。
error-405-to-do = 元のページに戻り、そこにあるボタンをお使いください。

error-409-title = その間に変更がありました
error-409-happened = ページを開いている間に、同じサービスに別の操作が行われました。
error-409-not-done = この操作による変更も請求も行われていません。
error-409-to-do = サービスをもう一度開き、現在の状態をご確認ください。

error-413-title = 送信内容が大きすぎます
error-413-happened = 受け付けられる大きさを超えています。
error-413-not-done = 何も保存されていません。
error-413-to-do = 内容を減らして、もう一度お試しください。

error-422-title = この操作はできません
error-422-happened = ご依頼の内容は分かりましたが、このままでは実行できません。
error-422-not-done = 変更も請求も行われていません。
error-422-to-do = 前の画面に戻り、入力内容を変えてもう一度お試しください。

error-429-title = 回数が多すぎます
error-429-happened = 短い時間に多くの操作がありました。
error-429-not-done = 最後の操作は実行されていません。
error-429-to-do = 1分ほど待ってから、もう一度お試しください。

error-503-title = ただいま混み合っています
error-503-happened = 現在、サーバーが操作を受け付けられません。
error-503-not-done = 変更も請求も行われていません。
error-503-to-do = 1分ほど待ってから、もう一度お試しください。

error-other-title = 当社側で問題が発生しました
error-other-happened = サーバーで予期しない問題が発生し、記録されました。
error-other-not-done = ご依頼の操作は実行されていません。お支払い中だった場合は、もう一度お支払いになる前に請求書をご確認ください。
error-other-to-do = 1分ほど待ってから、もう一度お試しください。解決しない場合は、下の番号をサポートにお知らせください。

error-go-on = 最初のページへ
error-request = この操作の番号：

# Why something cannot be done, and what to do.

refused-not-permitted = { $from }から{ $to }へは、お客様ご自身では変更できません。{ $email }までご連絡ください。ご一緒に検討いたします。
refused-no-price = { $plan }には{ $currency }の{ $per }料金がありません。別のお支払いの周期をお選びください。
refused-retired = このプランは販売を終了しました。
refused-same-plan = 現在のご契約と同じ内容です。別のプラン、お支払いの周期、オプションをお選びください。
refused-too-much = { $option }は最大{ $max }までです。数を減らしてください。
refused-too-little = { $option }は{ $min }以上が必要です。数を増やしてください。
refused-not-on-plan = { $plan }では{ $option }を利用できません。先に解除してください。
refused-two-of-group = { $one }と{ $other }は同時に選べません。
refused-unknown-plan = このプランはなくなりました。下のプランからお選びください。
refused-unknown-option = このオプションはご利用のサービスにはありません。
refused-change-open = このサービスの変更がすでに進行中です。先にお支払いいただくか、取り消してください。
refused-period-over = お支払い済みの期間は{ $at }に終了しました。先に次の期間の請求を行います。数分後にもう一度お試しください。
refused-not-started = このサービスは{ $day }に始まります。それ以降に変更できます。
refused-only-now = この変更はすぐに適用され、次の請求期間まで待つことはできません。もう一度お選びください。
refused-date = この変更の日付は指定できません。日付なしで選び直してください。
refused-date-outside = 指定できるのは{ $first }から{ $last }までの日です。その中からお選びください。
refused-date-none-left = この期間には、もう指定できる日がありません。別の時期をお選びください。
refused-only-next-period = この変更は次の請求期間から適用されます。もう一度お選びください。
refused-credits = 残りは{ $left }です。
refused-invoice-not-open = この請求書は未払いではないため、お支払いは不要です。
refused-payment-running = この請求書のお支払いを処理しています。結果をお待ちください。二重にお支払いにならないようお願いいたします。
refused-change-not-open = この変更はすでに適用済み、取り消し済み、または期限切れです。取り消すものはありません。
refused-change-being-paid = この変更のお支払いを処理しているため、現在は取り消せません。結果をお待ちください。
refused-payout-not-offered = 残高の出金には対応していません。残高は次回以降の請求書に充当します。
refused-payout-open = すでに出金の手続き中です。送金が完了するまでお待ちください。
refused-owed-first = 未払いの請求書があります。先にお支払いいただくと、残りを出金できます。
refused-payout-too-much = 出金できるのは最大{ $amount }です。
refused-fee-takes-all = 手数料{ $amount }が全額を超えます。より大きい金額を指定してください。
refused-payout-to = 送金先を{ $max }文字以内で入力してください。
refused-key-reused = このフォームは別の内容ですでに送信されています。再読み込みしてもう一度お試しください。
refused-changed-by-us = このサービスのプランは当社で変更します。{ $email }までご連絡ください。
refused-otherwise = 現在この操作はできません。{ $email }までご連絡ください。ご一緒に検討いたします。
refused-access-restricted = 未払いの請求書がすべて支払われるまで、このサービスの利用は制限されています。先にお支払いください。
refused-ended = このサービスは終了しています。変更はできません。
refused-cancelled = このサービスは解約済みで、現在の期間で終了します。変更するには、先に解約を取り消してください。
refused-not-cancelled = このサービスは解約されていません。
refused-cancellation-not-offered = このサービスは、お客様ご自身ではこの方法で解約できません。お問い合わせください。
