using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Links;

/// <summary>The words about links by which a contact begins a flow whenever there is a reason.</summary>
internal static class StandingLinkTexts
{
    public static LocalizedText Title { get; } = new("Standing links", "长期链接");
    public static LocalizedText Line { get; } = new(
        "By such a link the contact starts a flow whenever there is a reason, without an account. It stands in our mails.", "联系人可随时通过此类链接启动流程，无需账号。链接写在我们的邮件中。");
    public static LocalizedText NoneTitle { get; } = new("No standing link yet", "还没有长期链接");
    public static LocalizedText NoneLine { get; } = new("Flows offer them in their mails, or you make one here.", "流程会在邮件中提供，也可在此生成。");
    public static LocalizedText Make { get; } = new("Link for complaints", "投诉链接");
    public static LocalizedText MakeLine { get; } = new(
        "Make a link by which {0} can tell us what is wrong, and hand it over yourself. If there is one already, it is shown again and works for two years from today.",
        "生成一个供{0}反馈问题的链接，由您转交。如已有链接，则再次显示，并从今天起再有效两年。");
    public static LocalizedText MakeIt { get; } = new("Make and show the link", "生成并显示链接");
    public static LocalizedText Address { get; } = new("The link for {0}", "{0}的链接");
    public static LocalizedText AddressHint { get; } = new(
        "It is stored nowhere and stands on no other page. Whoever has it can write to us in the name of {0}: hand it to nobody else.", "链接不会保存，也不会显示在其他页面。持有者可以{0}的名义向我们反馈，请勿转交他人。");
    public static LocalizedText NoFlow { get; } = new("The link was not made: the flow of complaints is not published, or lacks its form.", "未生成链接：投诉流程尚未发布，或缺少表单。");
    public static LocalizedText Alive { get; } = new("works until {0}", "有效期至{0}");
    public static LocalizedText Expired { get; } = new("expired on {0}", "已于{0}过期");
    public static LocalizedText Revoked { get; } = new("taken back on {0}", "已于{0}撤回");
    public static LocalizedText Contact { get; } = new("Contact", "联系人");
    public static LocalizedText Flow { get; } = new("Starts", "启动的流程");
    public static LocalizedText Made { get; } = new("Made", "生成时间");
    public static LocalizedText Uses { get; } = new("Used", "使用情况");
    public static LocalizedText NeverUsed { get; } = new("never", "未使用");
    public static LocalizedText UsedTimes { get; } = new("{0} ×, last on {1}", "{0} 次，最近一次 {1}");
    public static LocalizedText Revoke { get; } = new("Take the link back", "撤回链接");
    public static LocalizedText RevokeHint { get; } = new(
        "From then on it starts nothing, for good; what it started goes on. A new one can be made.", "撤回后永久失效，已启动的流程继续进行，可另行生成新链接。");
    public static LocalizedText RevokedNow { get; } = new("The link was taken back.", "链接已撤回。");
    public static LocalizedText TooLate { get; } = new("The link had been taken back before.", "链接此前已被撤回。");
}
