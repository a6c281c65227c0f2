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
    public static LocalizedText NoneLine { get; } = new("Make one for each system that is to be told what happens here.", "为每个需要接收通知的系统新建一个。");
    public static LocalizedText NoHooksTitle { get; } = new("No hooks yet", "还没有接收入口");
    public static LocalizedText NoHooksLine { get; } = new("Make one for each system that tells us something; its messages become events that flows wait for.", "为每个向我们发送消息的系统新建一个；其消息会转为流程等待的事件。");
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
    public static LocalizedText NothingSentLine { get; } = new("What happens from now on appears here with what the other side answers.", "此后发生的事项及对方的答复会显示在这里。");
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

    public static LocalizedText Change { get; } = new("Change the webhook", "修改通知");
    public static LocalizedText ChangeHint { get; } = new(
        "What waits to be sent goes to the new address at once. Facts of a kind that is left out are told no more; those that wait still are.",
        "待发送的通知会立即发往新地址。取消的类型不再通知，已在等待的仍会发送。");
    public static LocalizedText Save { get; } = new("Save", "保存");
    public static LocalizedText Back { get; } = new("Back", "返回");
    public static LocalizedText Make { get; } = new("Make a webhook", "新建通知");
    public static LocalizedText MakeIt { get; } = new("Make the webhook", "创建通知");
    public static LocalizedText MakeHook { get; } = new("Make a hook", "新建接收入口");
    public static LocalizedText UrlHint { get; } = new("Only hosts that the settings allow (EngagementFlows:Outbound:AllowedHosts), never private addresses.", "仅限设置中允许的主机（EngagementFlows:Outbound:AllowedHosts），不能是内网地址。");
    public static LocalizedText SecretOf { get; } = new("Secret of {0}", "{0} 的密钥");
    public static LocalizedText SecretHint { get; } = new(
        "Shown here only. Messages are signed with it (Standard Webhooks); put it into the system that receives them. If it is lost, make a new one.",
        "仅在此处显示一次。通知以此密钥签名（Standard Webhooks），请填入接收方系统。如遗失，请重新生成。");
    public static LocalizedText HookSecretHint { get; } = new(
        "Shown here only. The system that tells us something signs its messages with it (Standard Webhooks). If it is lost, make a new one.",
        "仅在此处显示一次。发送方系统以此密钥为消息签名（Standard Webhooks）。如遗失，请重新生成。");
    public static LocalizedText BackTo { get; } = new("To {0}", "查看 {0}");
    public static LocalizedText NewSecret { get; } = new("Make a new secret", "重新生成密钥");
    public static LocalizedText NewSecretLine { get; } = new(
        "From then on messages are signed with the new secret; the receiver refuses them until it knows it.", "生成后，通知将以新密钥签名；接收方更新密钥之前会拒收。");
    public static LocalizedText NewHookSecretLine { get; } = new(
        "From then on only messages signed with the new secret are taken.", "生成后，只接收以新密钥签名的消息。");
    public static LocalizedText Remove { get; } = new("Remove", "删除");
    public static LocalizedText Removed { get; } = new("It is removed.", "已删除。");
    public static LocalizedText RemoveHint { get; } = new("It is told nothing more, and what waits for it is given up. This cannot be undone.", "将不再发送任何通知，待发送的内容也会放弃，且无法恢复。");
    public static LocalizedText RemoveHookHint { get; } = new("Messages to its address are refused from now on. This cannot be undone.", "此后发往该地址的消息将被拒绝，且无法恢复。");
    public static LocalizedText NameFaulty { get; } = new("Type a name of 1 to 200 characters.", "请输入 1 至 200 个字符的名称。");
    public static LocalizedText UrlFaulty { get; } = new("Type an address that begins with https:// and has at most 2,000 characters.", "请输入以 https:// 开头、不超过 2000 个字符的地址。");
    public static LocalizedText UrlRefused { get; } = new("This address may not be called. {0}", "不允许调用该地址。{0}");
    public static LocalizedText NoKind { get; } = new("Choose at least one thing that it is told.", "请至少选择一项通知内容。");
    public static LocalizedText HookAddress { get; } = new("Its address:", "接收地址：");
    public static LocalizedText HookNameHint { get; } = new("The last part of its address: small letters, digits and dashes. It cannot be changed later.", "接收地址的最后一段：小写字母、数字和连字符，之后不能更改。");
    public static LocalizedText HookNameFaulty { get; } = new("Type a name of 1 to 63 small letters, digits and dashes that begins with a letter or digit.", "请输入 1 至 63 个小写字母、数字或连字符组成的名称，以字母或数字开头。");
    public static LocalizedText HookNameTaken { get; } = new("There is a hook of that name already. Choose another.", "已有同名的接收入口，请换一个名称。");
    public static LocalizedText EventHint { get; } = new("Flows that wait for an event of this name go on.", "等待此名称事件的流程会继续执行。");
    public static LocalizedText EventFaulty { get; } = new("Type the event's name, 1 to 300 characters.", "请输入事件名称，1 至 300 个字符。");
    public static LocalizedText PathHint { get; } = new("Where the business key stands in the message, such as data.order.id. Empty: the event reaches all that wait for its name.", "业务标识在消息中的位置，例如 data.order.id。留空则事件会送达所有等待此名称的流程。");
    public static LocalizedText PathFaulty { get; } = new("Type names and places such as data.order.id or items[0].key, or nothing.", "请输入 data.order.id 或 items[0].key 这样的路径，或留空。");
    public static LocalizedText NoPath { get; } = new("none: all that wait for the event", "无：送达所有等待该事件的流程");
    public static LocalizedText GivenSecret { get; } = new("The sender's secret", "发送方指定的密钥");
    public static LocalizedText GivenSecretHint { get; } = new("Only if the sender dictates one (whsec_…). Empty: one is made.", "仅当发送方已指定密钥（whsec_…）时填写。留空则自动生成。");
    public static LocalizedText SecretFaulty { get; } = new("That is no secret: it must be whsec_ and 24 to 64 bytes in base64. Left empty, one is made.", "密钥格式不正确：应为 whsec_ 加 24 至 64 字节的 base64。留空则自动生成。");

    /// <summary>Returns what people read for a kind of fact.</summary>
    public static LocalizedText NameOf(string kind) => kind switch
    {
        Postgres.Webhooks.WebhookKinds.InstanceStarted => new("A flow began", "流程开始"),
        Postgres.Webhooks.WebhookKinds.InstanceFinished => new("A flow came to its end", "流程结束"),
        Postgres.Webhooks.WebhookKinds.InstanceFaulted => new("A flow ended by a failure", "流程因故障终止"),
        Postgres.Webhooks.WebhookKinds.InstanceCancelled => new("A flow was cancelled", "流程被取消"),
        Postgres.Webhooks.WebhookKinds.IncidentOpened => new("Something failed and waits for a person", "出现故障，等待处理"),
        Postgres.Webhooks.WebhookKinds.TaskCreated => new("A task was given to somebody", "分派了待办"),
        Postgres.Webhooks.WebhookKinds.TaskCompleted => new("A task was completed", "完成了待办"),
        Postgres.Webhooks.WebhookKinds.ClientAnswered => new("A client answered or declined", "客户已答复或拒绝"),
        Postgres.Webhooks.WebhookKinds.MailRejected => new("A mail will never reach its reader", "邮件无法送达"),
        _ => new(kind, kind),
    };

    /// <summary>Returns what people read for the state of a delivery.</summary>
    public static LocalizedText StateOf(string state) => state switch
    {
        "accepted" => Accepted,
        "rejected" or "uncertain" => Rejected,
        "held" => Held,
        _ => Pending,
    };
}
