//! Decides what can be a name, in either language, by words and characters.

use crate::text::is_han;

/// The most characters of a Chinese name.
pub(super) const MOST_HAN: usize = 16;
/// The most words of an English name.
const MOST_WORDS: usize = 10;

/// Words that stand before many names and are not part of them.
const LEADS: &str = "首席执行官 首席运营官 首席财务官 创始人 联合创始人 董事长 总经理 发言人 分析师 \
        研究员 工程师 设计师 负责人 经济学家 科学家 教授 博士 总裁 总统 总理 首相 外长 \
        部长 国务卿 主席 主任 院长 记者 演员 导演 主席 议员 公司 集团 巨头 平台 品牌 采用 \
        使用 利用 通过 进行 称为 名为 基于 以及 包括 其中 所谓 一种 一个 叫做 的 了 是 由 \
        被 即 称 叫 与 及 或 在 从 对 向 将 把 为 和 根据 依据 按照 据";

/// Common nouns at the end of names of organizations. Alone, or one after the other, they are no
/// name.
const GENERIC: &str = "组织 公司 集团 企业 大学 学院 学校 学会 协会 联盟 联合会 委员会 理事会 基金会 基金 \
        研究院 研究所 研究中心 研究会 实验室 中心 机构 机关 部门 银行 医院 论坛 会议 大会 系统 平台 \
        项目 计划 工程 国际 全球 世界 国家 中央 有限 股份 责任 科技 技术 工业 产业 商业 贸易 经济 \
        发展 合作 研究 管理 服务 投资 开发 能源 金融 教育 科学 信息 安全 环境 总 局 部 署 厅 司 会";

/// A Chinese name without the words that only lead to it.
pub(super) fn without_lead(name: &str) -> &str {
    let mut name = name;
    while let Some(rest) = LEADS.split(' ').find_map(|it| name.strip_prefix(it)) {
        if rest.chars().count() < 2 {
            break;
        }
        name = rest;
    }
    name.trim_start_matches(['·', '、'])
}

/// Whether a name consists of common nouns, as 工业公司 does; it is then a part of a longer name.
pub(super) fn is_generic(name: &str) -> bool {
    let mut rest = name;
    while !rest.is_empty() {
        let words = GENERIC.split(' ').filter_map(|it| rest.strip_prefix(it));
        let Some(after) = words.min_by_key(|it| it.len()) else { return false };
        rest = after;
    }
    true
}

/// Whether a character before a name joins it to another part of the name: 经济合作与发展组织.
pub(super) fn joins(c: char) -> bool {
    "与和及暨的".contains(c)
}

/// Whether a name of uncertain start begins as names rarely do: with a word that joins it to the
/// text before.
pub(super) fn starts_oddly(name: &str) -> bool {
    const ODD: &str = " \
        个种的为与由对在及或将被把从向是了等有该其此各每这那于则之所使用度项次名位款们着过又也都而且但并";
    let mut chars = name.chars();
    chars.next().is_some_and(|c| ODD.contains(c)) || chars.next() == Some('的')
}

/// Whether the two can be names of one thing, by their lengths: a Chinese name has between about
/// one and five characters for each English word or each letter of an acronym.
pub(super) fn fits(english: &str, chinese: &str) -> bool {
    let han = chinese.chars().filter(|c| is_han(*c)).count();
    let is_acronym = !english.contains(' ') && !english.chars().any(char::is_lowercase);
    let (least, most) = if is_acronym {
        let letters = english.chars().filter(char::is_ascii_alphabetic).count();
        (letters, letters * 4 + 1)
    } else {
        let words = english.split([' ', '-']).filter(|it| it.len() > 2).count().max(1);
        (words.saturating_sub(1), words * 5 + 2)
    };
    (least.max(2)..=most).contains(&han)
}

/// Whether the text around a name is English prose, and not Chinese with English names in it: it
/// contains the small words of prose, and hardly any Han characters.
pub(super) fn is_english_prose(before: &str, after: &str) -> bool {
    const SMALL: &str = "the of and in to is that a for with by as on was this are or an be at from it its \
        which has have";
    let words = before.split(' ').chain(after.split(' '));
    let small = words.filter(|word| SMALL.split(' ').any(|it| it == *word)).count();
    let count = |is: fn(&char) -> bool| {
        before.chars().filter(is).count() + after.chars().filter(is).count()
    };
    small >= 3 && count(|c| is_han(*c)) * 8 <= count(char::is_ascii_alphabetic)
}

/// The text between the closing quote at the end of a text and its opening quote.
pub(super) fn quoted_ending(text: &str, close: char) -> Option<&str> {
    let within = text.strip_suffix(close)?;
    let open = match close {
        '”' => '“',
        '’' => '‘',
        '」' => '「',
        '』' => '『',
        '》' => '《',
        _ => close,
    };
    within.rfind(open).and_then(|at| within.get(at + open.len_utf8()..))
}

/// Whether a text can be an English name: words, and no number, formula or address.
pub(super) fn is_english_name(text: &str) -> bool {
    const NO_NAMES: &str = "see eg ie and or fig figure table eq section from in with unit left right top \
        bottom ref note source photo male female mean total url http mj kj mpa kpa hz khz mhz ghz kb mb gb tb ceo cfo coo cto sic \
        ibid pc ios";
    let is_plain = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’' | '&' | '.' | '–')
    };
    // A cheap test: most bracketed texts are decided by their characters, without splitting them.
    let is_likely = text.len() >= 2
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(is_plain)
        && text.bytes().filter(u8::is_ascii_alphabetic).count() * 4 >= text.len() * 3;
    if !is_likely {
        return false;
    }
    let first = text.split([' ', '.']).find(|it| !it.is_empty()).unwrap_or_default();
    let words: Vec<&str> = text.split(' ').filter(|it| !it.is_empty()).collect();
    let is_address =
        |it: &&str| it.trim_end_matches('.').split('.').filter(|it| it.len() > 1).count() > 1;
    let is_glued = |it: &&str| it.len() > 20;
    let is_number = |it: &&str| it.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'.');
    words.len() <= MOST_WORDS
        && !words.iter().any(|it| is_address(it) || is_number(it) || is_glued(it))
        // A single short word or letter is a variable or a unit.
        && (words.len() > 1 || (text.len() > 2 && text.len() < 40) || text.bytes().all(|it| it.is_ascii_uppercase()))
        && !NO_NAMES.split(' ').any(|it| it.eq_ignore_ascii_case(first))
}

/// Whether a text can be a Chinese name: a short run of Han characters that is no remark.
pub(super) fn is_chinese_name(text: &str) -> bool {
    const REMARKS: &str = "原 前 即 现 如 含 约 由 见 表 图 共 除 可 搜索 责任编辑 以下 下同 引物 配 化名 \
        音译 左 右 中 上 下 男 女 已 不 包括 简称 又 或 与 和 注 单位 按 参见 详见 \
        通讯作者 部分 节选 一 二 三 四 五 六 七 八 九 十 第";
    let name = text.trim_matches(is_quote);
    let count = name.chars().count();
    (2..=MOST_HAN).contains(&count)
        && name.chars().all(|c| is_han(c) || c == '·')
        && (text.len() > name.len()
            || !REMARKS.split(' ').any(|it| name.starts_with(it))
            || name == "一带一路")
}

/// The content of brackets without the label that announces a name: `英文：`, `简称`.
pub(super) fn without_label(inner: &str) -> &str {
    const LABELS: &str =
        "以下简称 下称 简称 英文简称 英文缩写 英文名称 英文名 英文 英语 缩写 又称 即 全称";
    // All labels are Chinese.
    let label = |it: &&str| inner.starts_with(*it);
    let label = if inner.starts_with(|c: char| !c.is_ascii()) {
        LABELS.split(' ').find(label)
    } else {
        None
    };
    let rest = label.and_then(|it| inner.strip_prefix(it)).unwrap_or(inner);
    rest.trim_start_matches(['：', ':', '为', ' ']).trim_matches(is_quote)
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『' | '《') || is_closing_quote(c)
}

pub(super) fn is_closing_quote(c: char) -> bool {
    matches!(c, '”' | '’' | '"' | '」' | '』' | '》')
}
