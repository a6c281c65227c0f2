using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Webhooks;

/// <summary>The words of webhooks.</summary>
internal static class WebhookTexts
{
    public static LocalizedText Title { get; } = new("Webhooks", "Webhook 通知");
    public static LocalizedText Line { get; } = new("Other systems that are told what happens here, and those that tell us.", "向其他系统发出的通知，以及从其他系统接收的消息。");
    public static LocalizedText Out { get; } = new("What we tell", "发出的通知");
    public static LocalizedText In { get; } = new("What we are told", "接收的消息");
    public static LocalizedText NoneTitle { get; } = new("No webhooks yet", "还没有 Webhook 通知");
    public static LocalizedText NoneLine { get; } = new("A program with an administrator's key makes them by POST /api/webhooks. The guide docs/guides/api.md shows how.", "由持有管理员密钥的程序通过 POST /api/webhooks 创建，方法见 docs/guides/api.md。");
    public static LocalizedText NoHooksTitle { get; } = new("No hooks yet", "还没有接收入口");
    public static LocalizedText NoHooksLine { get; } = new("A program with an administrator's key makes them by POST /api/hooks.", "由持有管理员密钥的程序通过 POST /api/hooks 创建。");
    public static LocalizedText Name { get; } = new("Name", "名称");
    public static LocalizedText Url { get; } = new("Address", "地址");
    public static LocalizedText Kinds { get; } = new("Is told", "通知内容");
    public static LocalizedText State { get; } = new("State", "状态");
    public static LocalizedText Active { get; } = new("Active", "启用");
    public static LocalizedText Paused { get; } = new("Paused", "已暂停");
    public static LocalizedText Waiting { get; } = new("{0} waiting", "{0} 条待发送");
    public static LocalizedText GivenUp { get; } = new("{0} given up in the last 7 days", "最近 7 天有 {0} 条已放弃");
    public static LocalizedText LastAnswer { get; } = new("Last answer", "最近一次答复");
    public static LocalizedText NothingSent { get; } = new("Nothing sent yet", "尚未发送");
    public static LocalizedText Pause { get; } = new("Pause", "暂停");
    public static LocalizedText Resume { get; } = new("Resume", "恢复");
    public static LocalizedText Try { get; } = new("Send a test", "发送测试");
    public static LocalizedText Deliveries { get; } = new("What was sent", "发送记录");
    public static LocalizedText Kind { get; } = new("Kind", "类型");
    public static LocalizedText When { get; } = new("When", "时间");
    public static LocalizedText Attempts { get; } = new("Attempts", "尝试次数");
    public static LocalizedText Again { get; } = new("Send again", "重新发送");
    public static LocalizedText Event { get; } = new("Becomes the event", "转为事件");
    public static LocalizedText Key { get; } = new("Business key at", "业务标识位置");
    public static LocalizedText Done { get; } = new("Done.", "已完成。");
    public static LocalizedText Gone { get; } = new("Nothing was done: it has changed meanwhile. Look at it again.", "未执行：内容已变化，请重新查看。");
    public static LocalizedText Pending { get; } = new("Waits for the next attempt", "等待下次尝试");
    public static LocalizedText Accepted { get; } = new("Taken", "已接收");
    public static LocalizedText Rejected { get; } = new("Given up", "已放弃");
    public static LocalizedText Held { get; } = new("Held since the restore", "恢复后暂缓");

    /// <summary>Returns what people read for the state of a delivery.</summary>
    public static LocalizedText StateOf(string state) => state switch
    {
        "accepted" => Accepted,
        "rejected" or "uncertain" => Rejected,
        "held" => Held,
        _ => Pending,
    };
}
