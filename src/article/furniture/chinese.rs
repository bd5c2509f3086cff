//! Furniture in Chinese: buttons, headings of link lists, credits.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::whole_lines::rule_of_line;
use crate::article::rule::Rule;

/// Whole lines by rule, separated by bars.
const LINES: &[(Rule, &str)] = &[
    (
        Rule::Navigation,
        "首页|返回|返回首页|返回顶部|返回列表|上一篇|下一篇|上一页|下一页|登录|注册|登录注册|\
         搜索|关闭|关闭窗口|网站地图|联系我们|关于我们|导航|菜单|更多|查看更多|展开全文|\
         阅读全文|正文|字号|大中小|回到顶部|回頂端|首頁|登入|註冊|隐私政策|使用条款|正在加载|\
         加载中|加载更多|确定|取消|意见反馈|用户反馈|无障碍",
    ),
    (
        Rule::ShareRow,
        "分享|分享到|分享至|收藏|打印|打印本页|转发|微信|微博|新浪微博|腾讯微博|qq空间|\
         朋友圈|人人网|点赞|赞|推荐|列印|轉寄|复制链接|扫一扫|扫码分享|分享文章|我要分享|\
         转播到腾讯微博|qq好友|微信好友|领英分享|分享给好友",
    ),
    (
        Rule::ReplyForm,
        "评论|发表评论|我要评论|我来说两句|网友评论|最新评论|热门评论|查看评论|回复|引用|\
         举报|暂无评论|登录后发表评论|留言|發表留言|發表回應|回覆|檢舉|发表回复|取消回复|\
         更多评论|全部评论|评论成功|发表成功|评论内容为空|评论已关闭|该评论已关闭|\
         快来抢沙发吧|还没有评论快来抢沙发吧|暂无评论快来抢沙发吧|暂无热评快来抢沙发|\
         请登录后发表评论|文明上网理性发言",
    ),
    (
        Rule::Related,
        "相关阅读|相关新闻|相关文章|相关链接|相关推荐|推荐阅读|延伸阅读|延伸閱讀|相關新聞|\
         相關文章|热门文章|热门推荐|猜你喜欢|最新文章|热点新闻|精彩推荐|为您推荐",
    ),
];

/// The rule of each line.
static RULES: LazyLock<HashMap<&str, Rule>> = LazyLock::new(|| rule_of_line(LINES));

/// The rule that drops a Chinese line, if any.
pub(super) fn rule(line: &str) -> Option<Rule> {
    if line.is_ascii() || line.len() > 90 {
        return None;
    }
    if line.contains("版权所有") || line.contains("版權所有") {
        return Some(Rule::Copyright);
    }
    let is_credit = |it: &&str| {
        let bare = line.trim_start_matches(['(', '（', '[', '【']);
        bare.strip_prefix(*it).is_some_and(|rest| rest.starts_with(['：', ':']))
    };
    if ["责任编辑", "责编", "責任編輯", "编辑", "校对"].iter().any(is_credit)
        && !line.contains('。')
    {
        return Some(Rule::SignOff);
    }
    let bare: String =
        line.chars().filter(|it| it.is_alphabetic()).flat_map(char::to_lowercase).collect();
    if let Some(rule) = RULES.get(bare.as_str()) {
        return Some(*rule);
    }
    // A row of such lines: 分享到 微信 微博.
    let mut words = line
        .split([' ', '|', '｜', '·', '/', '\u{3000}', '>'])
        .filter(|it| !it.is_empty())
        .peekable();
    let known = |it: &str| RULES.get(it).copied();
    let rule = words.peek().and_then(|it| known(it))?;
    words.all(|it| known(it).is_some()).then_some(rule)
}
