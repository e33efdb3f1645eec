//! Explanations in Japanese. What there is to say is in `told`.

use super::credits::Told as Credits;
use super::document::Event;
use super::exact::Stray;
use super::language::Language::Japanese as JA;
use super::line::unsigned;
use super::metered::{Included, Told as Metered};
use super::told::{Limit, Shape, Told, Way};
use super::{Basis, UsedAt};
use crate::discount::Discount;
use crate::money::Money;
use crate::policy::{Cut, Denominator, TimeUnit};

/// What is said first where what is given back is not counted from what was billed.
pub(super) const AT_TODAYS_PRICE: &str = "返金額は本日の価格で計算します。";

/// A derivation as a sentence, or a few short ones.
pub(super) fn sentence(told: &Told<'_>) -> String {
    let derivation = told.derivation;
    let billed = derivation.basis == Basis::Billed;
    let (line, amount) = (JA.money(derivation.line), JA.money(told.amount));
    match &told.shape {
        Shape::Later => format!("{line}は次の請求期間に請求します。今回の請求額は{amount}です。"),
        Shape::Trial => {
            let price = JA.money(derivation.cap);
            format!(
                "トライアルは続き、その日数分の料金はかかりません（{amount}）。終了後に1期間分の{price}を請求します。"
            )
        }
        Shape::Once(1) => format!("初期費用{line}を一度だけ請求します（{amount}）。"),
        Shape::Once(units) => format!("初期費用は1単位につき{line}で、{units}単位分を一度だけ請求します（{amount}）。"),
        Shape::TrialPrice { before: None } => format!("トライアル料金{line}を一度だけ請求します（{amount}）。"),
        Shape::TrialPrice { before: Some(before) } => {
            let before = JA.money(*before);
            format!("トライアル料金{line}から、すでに請求した{before}を差し引いて一度だけ請求します（{amount}）。")
        }
        Shape::Waived => format!("1単位につき{line}の初期費用は請求しません（{amount}）。"),
        Shape::Nothing if billed => format!("請求済みの{line}の返金はありません（{amount}）。"),
        Shape::Nothing => format!("残りの期間の料金はかかりません（{amount}）。"),
        Shape::Full if billed => {
            let given = JA.money(told.found);
            format!("残りの期間にかかわらず、請求済みの全額{given}をお返しします。{}", limit(told))
        }
        Shape::Full => {
            let (what, price) = price(told);
            format!("残りの期間にかかわらず、1期間分の{what}は{price}です。{}", limit(told))
        }
        Shape::Whole if billed => {
            let found = JA.money(told.found);
            format!("{}の請求額{line}は、すべて未利用のため{found}となります。{}", whole(told), limit(told))
        }
        Shape::Whole => {
            let (what, price) = price(told);
            format!("{}の{what}は{price}です。{}", full_period(told), limit(told))
        }
        Shape::Part => format!("{}{}です{}。{}", time(told), by_way(told), stray(told), limit(told)),
        Shape::Discounted { part, stray: of_part, off } => {
            let less = match derivation.discount.as_deref().copied().map(|on_part| (on_part.discount, on_part.in_full))
            {
                Some((Discount::Percent(percent), _)) => format!("{}引きで", JA.percent(percent)),
                Some((Discount::Amount(fixed), false)) if fixed != *off => {
                    format!("割引{}の按分額{}を引いて", JA.money(fixed), JA.money(*off))
                }
                _ => format!("{}を引いて", JA.money(*off)),
            };
            let found = format!("{less}{}です{}。{}", JA.money(told.found.or_zero()), stray(told), limit(told));
            if told.is_whole() {
                format!("{}の定価{line}から{found}", full_period(told))
            } else {
                let of_part = of_part.as_ref().map(rounded).unwrap_or_default();
                format!("{}{}{of_part}、そこから{found}", time(told), by_way_to(told, *part))
            }
        }
        Shape::Difference { price, credit, change, part, up, more } => {
            let way = if *up { "上がります" } else { "下がります" };
            let more = if *more { "に加えて" } else { "から差し引いて" };
            format!(
                "料金は{}で{}から{line}へ{}{way}{}。{}{}差額は{}、お返しする{}{more}{}です{}。{}",
                whole(told),
                JA.money(*price),
                JA.money(*change),
                rate(told),
                remaining(told),
                if told.part() == 0 && !derivation.is_joined() { "、" } else { "の" },
                by_way_to(told, *part),
                JA.money(*credit),
                JA.money(told.found.or_zero()),
                stray(told),
                limit(told)
            )
        }
        Shape::Bought { value, basket, each, begun, stray } => {
            let (value, full, days) = (JA.money(*value), JA.money(*basket), JA.count(derivation.until));
            let rate = match each {
                Some(each) => format!("1日{}", JA.money(*each)),
                None => format!("{}日{full}", JA.count(derivation.whole)),
            };
            let begun = if *begun { "（1日未満は切り上げ）" } else { "" };
            let stray = stray.as_ref().map(rounded).unwrap_or_default();
            if derivation.line == *basket {
                format!("お支払い済みの残額{value}は、{rate}で{days}日分{begun}になります（{amount}）。")
            } else {
                let all = format!("お支払い済みの残額{value}は、全体で{rate}の{days}日分{begun}になります。");
                format!("{all}1期間{full}のうち{line}にあたる額は{amount}です{stray}。")
            }
        }
        Shape::Used { used, cost } => {
            let rest = JA.money(told.found.or_zero());
            let used = used_at(*used, *cost, derivation.basis);
            format!("請求額は{line}です。{used}となるため、お返しする額は{rest}です{}。{}", stray(told), limit(told))
        }
    }
}

/// The tax of a line.
pub(super) fn tax(base: Money, rate: &str, name: &str, tax: Money, included: bool, stray: Option<&Stray>) -> String {
    let (base, tax, stray) = (JA.money(base), JA.money(tax), stray.map(rounded).unwrap_or_default());
    if included {
        format!("{base}には{name} {rate}、{tax}{stray}が含まれています。")
    } else {
        format!("{base}に対する{name} {rate}は{tax}です{stray}。")
    }
}

/// The tax that is given back with a line.
pub(super) fn tax_given_back(rate: &str, name: &str, tax: Money) -> String {
    format!("{name}は請求時の税率{rate}で{}をお返しします。", JA.money(tax))
}

/// What happened, over a whole document.
pub(super) fn headline(event: &Event<'_>) -> String {
    let (money, named) = (|amount| JA.money(amount), |number: &Option<&str>| number.unwrap_or("請求書").to_owned());
    match event {
        Event::Trial { total } => format!("ご契約のトライアル料金として{}を一度だけご請求します。", money(*total)),
        Event::Period { total } => format!("ご契約の1期間分として{}をご請求します。", money(*total)),
        Event::FirstPeriod { joined: true, total } => {
            format!("請求日までの初回期間分と、それに続く1期間分として{}をご請求します。", money(*total))
        }
        Event::FirstPeriod { joined: false, total } => {
            format!("請求日までの初回期間分として{}をご請求します。", money(*total))
        }
        Event::Arrears { charged, given, to_balance, total } => {
            let back = if given.is_zero() {
                String::new()
            } else {
                format!("お返しする額は{}です。", money(*given))
            };
            let rest = rest_of(*to_balance, *total);
            format!("終わった期間のご契約分は{}です。{back}{rest}。", money(*charged))
        }
        Event::PeriodWith { period, waited, arrears, to_balance, total } => {
            let before = if *arrears { "それまでの期間分として" } else { "それまでの変更により" };
            let waited = if waited.is_negative() {
                format!("{before}{}を差し引きます", money(unsigned(*waited)))
            } else {
                format!("{before}{}を加えます", money(*waited))
            };
            let rest = rest_of(*to_balance, *total);
            format!("ご契約の1期間分は{}です。{waited}。{rest}。", money(*period))
        }
        Event::Used { total } => format!("終わった期間のご利用分として{}をご請求します。", money(*total)),
        Event::UsedAdds { used, total } => {
            format!("それまでのご利用分として{}を加えます。お支払い額は{}です。", money(*used), money(*total))
        }
        Event::UsedOfIt { used } => format!("このうち{}はご利用分です。", money(*used)),
        Event::Charged { charged, given, total } if given.is_zero() => {
            format!("プラン変更の料金は{}です。お支払い額は{}です。", money(*charged), money(*total))
        }
        Event::Charged { charged, given, total } => format!(
            "プラン変更により{}をご請求し、{}をお返しします。お支払い額は{}です。",
            money(*charged),
            money(*given),
            money(*total)
        ),
        Event::GivenBack { charged, given, total } if charged.is_zero() => {
            format!("プラン変更により{}をお返しします。残高への返金額は{}です。", money(*given), money(*total))
        }
        Event::GivenBack { charged, given, total } => format!(
            "プラン変更により{}をお返しし、{}をご請求します。残高への返金額は{}です。",
            money(*given),
            money(*charged),
            money(*total)
        ),
        Event::DebtReleased { total, corrects } => {
            format!("プラン変更により、{}でご請求した未払い分のうち{}を取り消します。", named(corrects), money(*total))
        }
        Event::Cancelled { total, corrects } => {
            format!("プラン変更が行われなかったため、{}（{}）を取り消します。", named(corrects), money(*total))
        }
        Event::EndCharged { charged, given, total } if given.is_zero() => {
            format!(
                "ご契約が終了しました。未請求のご利用分は{}です。お支払い額は{}です。",
                money(*charged),
                money(*total)
            )
        }
        Event::EndCharged { charged, given, total } => {
            format!(
                "ご契約が終了しました。未請求のご利用分{}をご請求し、{}をお返しします。お支払い額は{}です。",
                money(*charged),
                money(*given),
                money(*total)
            )
        }
        Event::EndGivenBack { charged, given, total } if charged.is_zero() => {
            format!(
                "ご契約が終了しました。残りの期間分として{}をお返しします。残高への返金額は{}です。",
                money(*given),
                money(*total)
            )
        }
        Event::EndGivenBack { charged, given, total } => {
            format!(
                "ご契約が終了しました。残りの期間分として{}をお返しし、未請求のご利用分{}をご請求します。残高への返金額は{}です。",
                money(*given),
                money(*charged),
                money(*total)
            )
        }
        Event::OwedNoMore { total, corrects } => {
            format!("ご契約が終了したため、{}のうち{}のお支払いは不要です。", named(corrects), money(*total))
        }
        Event::Arrived { total } => format!("対象の請求がないご入金{}を残高に計上しました。", money(*total)),
        Event::Goodwill { total } => format!("当社からの特別付与として{}を残高に加えました。", money(*total)),
        Event::Payout { amount, total } if amount == total => format!("残高のうち{}を出金します。", money(*total)),
        Event::Payout { amount, total } => {
            format!("残高の{}のうち、{}を出金します。", money(*amount), money(*total))
        }
        Event::PayoutFee { fee, percent, before } if before.is_zero() => {
            format!("手数料（{}）は{}です。", JA.percent(*percent), money(*fee))
        }
        Event::PayoutFee { fee, percent, before } => format!(
            "手数料（{}）は、これまでの出金{}と合わせて計算し、{}です。",
            JA.percent(*percent),
            money(*before),
            money(*fee)
        ),
        Event::PayoutReturned { total } => {
            format!("出金を完了できなかったため、{}を残高に戻しました。", money(*total))
        }
    }
}

/// That only a part of an explained amount stands on a document.
pub(super) fn only(amount: Money) -> String {
    format!("このうち{}を本書に記載しています。", JA.money(amount))
}

/// What becomes of the part that was paid, and of the part that was not.
pub(super) fn unpaid(paid: Money, unpaid: Money) -> String {
    if paid.is_zero() {
        return format!("未払いのため、{}を未払いの請求書から差し引きます。", JA.money(unpaid));
    }
    let (paid, unpaid) = (JA.money(paid), JA.money(unpaid));
    format!("このうち{paid}はお支払い済みです。未払いの{unpaid}は未払いの請求書から差し引きます。")
}

/// What becomes of a part that no document has billed yet.
pub(super) fn not_invoiced(amount: Money) -> String {
    format!("まだご請求していないため、次回の請求書に記載する額から{}を差し引きます。", JA.money(amount))
}

/// What the lines of a document add up to.
pub(super) fn total(lines: Money, tax_on_top: Money, total: Money) -> String {
    if tax_on_top.is_zero() {
        return format!("明細の合計は{}です。", JA.money(total));
    }
    format!("明細の合計は{}、税{}を加えて{}です。", JA.money(lines), JA.money(tax_on_top), JA.money(total))
}

/// What it is, and how much: `料金`, `90.00 EUR（定価100.00 EURの10%引き）`.
/// How plan credits after a change were counted.
pub(super) fn credits(told: &Credits) -> String {
    match told {
        Credits::Shared { before, after, rest, whole, unit, all, used, spent } => {
            let unit = match unit {
                TimeUnit::Second => "秒",
                TimeUnit::Minute => "分",
                TimeUnit::Hour => "時間",
                TimeUnit::Day => "日",
                TimeUnit::Month => "か月",
            };
            let (rest, whole) = (JA.count(*rest), JA.count(*whole));
            let spent = if *spent {
                "使用済みの分は返金の対象にならず、そのまま残ります。"
            } else {
                ""
            };
            let used = used.as_ref().map(|(_, used)| format!("すでに{used}を使用しています。")).unwrap_or_default();
            format!(
                "{whole}{unit}のうち{rest}{unit}は{before}に代えて{after}として計算し、この期間は合計{all}です。{used}{spent}"
            )
        }
        Credits::Begun { after, over: None } => format!("新しい期間は{after}で始まります。"),
        Credits::Begun { after, over: Some(over) } => {
            format!("新しい期間は{after}で始まり、それまでの時間に応じた分を超えて使用した{over}を差し引きます。")
        }
    }
}

fn price(told: &Told<'_>) -> (&'static str, String) {
    let derivation = told.derivation;
    let line = JA.money(derivation.line);
    if derivation.discount.is_some() {
        return ("定価", line);
    }
    let what = if derivation.basis == Basis::Billed { "請求額" } else { "料金" };
    let Some(list) = derivation.list.map(|list| JA.money(list)) else { return (what, line) };
    let off = match derivation.list_discount.as_deref().copied() {
        Some(Discount::Percent(percent)) => format!("の{}引き", JA.percent(percent)),
        Some(Discount::Amount(off)) => format!("から{}引き", JA.money(off)),
        None => String::new(),
    };
    (what, format!("{line}（定価{list}{off}）"))
}

/// `28日間の料金19.00 EURのうち、変更当日を含む残り14日分は`.
fn time(told: &Told<'_>) -> String {
    let (what, price) = price(told);
    let of = if told.part() == 0 && !told.derivation.is_joined() { "" } else { "は" };
    format!("{}の{what}{price}{}のうち、{}{of}", whole(told), rate(told), remaining(told))
}

fn remaining(told: &Told<'_>) -> String {
    match (told.derivation.is_joined(), told.part()) {
        (true, 0) => "それに続く1期間分".to_owned(),
        (true, _) => format!("{}と、それに続く1期間分", rest(told)),
        (false, _) => rest(told),
    }
}

fn rest(told: &Told<'_>) -> String {
    let is_first = told.derivation.basis == Basis::FirstPeriod;
    let cut = match told.derivation.cut {
        _ if is_first => "請求日までの初回期間の",
        _ if told.derivation.unit == TimeUnit::Month => "利用を開始した月を除く",
        Cut::Instant => "変更時点からの",
        Cut::ChangeDay => "変更当日を含む",
        Cut::NextDay => "変更翌日からの",
    };
    let part = told.part();
    if part == 0 {
        return if is_first {
            "初回期間に当たる時間はないため"
        } else {
            "残りの期間はないため"
        }
        .to_owned();
    }
    let count = JA.count(part);
    match told.derivation.unit {
        TimeUnit::Second if is_first => format!("{cut}{count}秒間"),
        TimeUnit::Minute if is_first => format!("{cut}{count}分間"),
        TimeUnit::Hour if is_first => format!("{cut}{count}時間分"),
        TimeUnit::Day if is_first => format!("{cut}{count}日分"),
        TimeUnit::Second => format!("{cut}残り{count}秒間"),
        TimeUnit::Minute => format!("{cut}残り{count}分間"),
        TimeUnit::Hour => format!("{cut}残り{count}時間分"),
        TimeUnit::Day => format!("{cut}残り{count}日分"),
        TimeUnit::Month => format!("{cut}残り{count}か月分"),
    }
}

fn rate(told: &Told<'_>) -> String {
    let Way::Rate { each, stray, .. } = &told.way else { return String::new() };
    let unit = match told.derivation.unit {
        TimeUnit::Second => "1秒",
        TimeUnit::Minute => "1分",
        TimeUnit::Hour => "1時間",
        TimeUnit::Day => "1日",
        TimeUnit::Month => "1か月",
    };
    let stray = stray.as_ref().map(|stray| format!("、{}", way_of(stray))).unwrap_or_default();
    format!("（{unit}あたり{}{stray}）", JA.money(*each))
}

fn by_way(told: &Told<'_>) -> String {
    by_way_to(told, told.found.or_zero())
}

/// The amount of the part, with the way it was found where that is not the plain fraction.
fn by_way_to(told: &Told<'_>, part: Money) -> String {
    let part = JA.money(part);
    match &told.way {
        Way::Plain | Way::Rate { used: None, .. } => part,
        Way::Rate { used: Some(used), .. } => format!("全体から経過済み分の{}を引いた{part}", JA.money(*used)),
        Way::Steps { step, used: None } => format!("{}単位で{part}", JA.money(*step)),
        Way::Steps { step, used: Some(used) } => {
            let (used, step) = (JA.money(*used), JA.money(*step));
            format!("全体から経過済み分（{step}単位）の{used}を引いた{part}")
        }
        Way::Factor { decimals, used: None } => format!("割合{}で{part}", JA.number(decimals)),
        Way::Factor { decimals, used: Some(used) } => {
            let used = JA.money(*used);
            format!("全体から経過済み分（割合{}）の{used}を引いた{part}", JA.number(decimals))
        }
    }
}

fn used_at(used: UsedAt, cost: Money, basis: Basis) -> String {
    let (price, cost, count) = (JA.money(used.price), JA.money(cost), JA.count(used.used));
    let unit = match used.unit {
        TimeUnit::Second => "秒",
        TimeUnit::Minute => "分",
        TimeUnit::Hour => "時間",
        TimeUnit::Day => "日",
        TimeUnit::Month => "か月",
    };
    if used.whole == 1 && used.used == 1 {
        return format!("利用を開始した1{unit}は{cost}");
    }
    if used.whole == 1 {
        return format!("利用を開始した{count}{unit}は1{unit}あたり{price}で{cost}");
    }
    let whole = JA.count(used.whole);
    let at = if basis == Basis::Bought { "料金" } else { "定価" };
    format!("{whole}{unit}の{at}{price}で計算すると、利用済みの{count}{unit}は{cost}")
}

fn stray(told: &Told<'_>) -> String {
    let before = match () {
        () if told.makes_up() => "、同じ期間のこれまでの端数を調整します",
        () if told.rest_is_with_time_before() => "、端数は経過済みの期間に含みます",
        () => "",
    };
    told.stray.as_ref().map(|stray| rounded_with(stray, before)).unwrap_or_default()
}

fn rounded(stray: &Stray) -> String {
    rounded_with(stray, "")
}

fn rounded_with(stray: &Stray, more: &str) -> String {
    format!("（{}{more}）", way_of(stray))
}

fn way_of(stray: &Stray) -> String {
    format!("{}を{}", JA.digits(stray), if stray.up { "切り上げ" } else { "切り捨て" })
}

fn limit(told: &Told<'_>) -> String {
    match told.limit {
        None => String::new(),
        Some(Limit::Cap(most)) => format!("ただし、上限の{}となります。", JA.money(most)),
        Some(Limit::Unused(unused, most)) => {
            let (left, of, most) = (JA.count(unused.left), JA.count(unused.of), JA.money(most));
            format!("ただし、プランのクレジット{of}のうち未使用が{left}のため、上限の{most}となります。")
        }
    }
}

/// `28日間`, and by what rule a month has so many.
fn whole(told: &Told<'_>) -> String {
    let rule = by_rule(told);
    if rule.is_empty() { duration(told) } else { format!("{}（{rule}）", duration(told)) }
}

fn duration(told: &Told<'_>) -> String {
    let count = told.whole_count(|count| JA.count(count));
    match told.derivation.unit {
        TimeUnit::Second => format!("{count}秒間"),
        TimeUnit::Minute => format!("{count}分間"),
        TimeUnit::Hour => format!("{count}時間"),
        TimeUnit::Day => format!("{count}日間"),
        TimeUnit::Month => format!("{count}か月間"),
    }
}

fn by_rule(told: &Told<'_>) -> String {
    match told.counts_as() {
        Some(Denominator::FixedDays(days)) => format!("1か月を{days}日として計算"),
        Some(Denominator::YearDays(days)) => format!("1年を{days}日として計算"),
        Some(Denominator::Thirty360) => "すべての月を30日として計算".to_owned(),
        Some(Denominator::Nominal | Denominator::Period) => "暦にかかわらず計算".to_owned(),
        None => String::new(),
    }
}

/// `全期間（28日間）`; seconds say nothing to a person.
fn full_period(told: &Told<'_>) -> String {
    let rule = by_rule(told);
    match told.derivation.unit {
        TimeUnit::Day | TimeUnit::Month if rule.is_empty() => format!("全期間（{}）", duration(told)),
        TimeUnit::Day | TimeUnit::Month => format!("全期間（{}、{rule}）", duration(told)),
        TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => "全期間".to_owned(),
    }
}

/// What an invoice asks for, or puts on the balance.
fn rest_of(to_balance: Money, total: Money) -> String {
    if to_balance.is_zero() {
        format!("お支払い額は{}です", JA.money(total))
    } else {
        format!("お支払いはなく、{}を残高に加えます", JA.money(to_balance))
    }
}

/// What usage costs.
pub(super) fn metered(told: &Metered) -> String {
    let Metered { units, per, amount, .. } = told;
    let before = told.before.as_ref().map(|before| format!("期間内の{before}に続く")).unwrap_or_default();
    let stray = told.stray.as_ref().map(rounded).unwrap_or_default();
    let part = |part: &Included| {
        let flat = part.flat.as_ref().map(|flat| format!("（ほかに一度だけ{flat}）")).unwrap_or_default();
        match (&part.each, per) {
            (Some(each), Some(per)) => format!("{}は{per}につき{each}{flat}", part.units),
            (Some(each), None) => format!("{} × {each}{flat}", part.units),
            (None, _) => format!("{}は料金に含まれ{flat}", part.units),
        }
    };
    let how = match (told.parts.first().filter(|_| told.is_one).and_then(|one| one.each.as_ref()), per) {
        (Some(each), Some(per)) => format!("{per}につき{each}で"),
        (Some(each), None) => format!("1につき{each}で"),
        _ => {
            let parts = told.parts.iter().map(part).collect::<Vec<_>>().join("、");
            // Where all of it is included nothing is multiplied.
            let all = told.parts.iter().all(|part| part.each.is_none() && part.flat.is_none());
            if all { format!("{parts}、") } else { format!("{parts}で") }
        }
    };
    format!("{before}ご利用は{units}です。{how}{amount}です{stray}。")
}
