namespace EngagementFlows.Engine.Activities;

/// <summary>Short forms for the descriptors of Elsa's activities.</summary>
internal static class Describe
{
    public static LocalizedText Branching { get; } = new("Branching", "分支");

    public static LocalizedText Looping { get; } = new("Looping", "循环");

    public static LocalizedText Flow { get; } = new("Flow", "流程");

    public static LocalizedText Primitives { get; } = new("Primitives", "基本");

    public static LocalizedText Scheduling { get; } = new("Scheduling", "定时");

    public static LocalizedText Composition { get; } = new("Composition", "组合");

    public static LocalizedText Scripting { get; } = new("Scripting", "脚本");

    public static LocalizedText Http { get; } = new("HTTP", "HTTP");

    public static LocalizedText Email { get; } = new("Email", "邮件");

    public static LocalizedText Text(string en, string zhCn) => new(en, zhCn);

    public static InputDescriptor Input(string name, string type, LocalizedText display, LocalizedText description, object? defaultValue = null) =>
        new(name, type, display, description) { DefaultValue = defaultValue };

    public static OutputDescriptor Output(string name, string type, LocalizedText display, LocalizedText description) => new(name, type, display, description);

    /// <summary>Returns the input as one that must be given.</summary>
    public static InputDescriptor Required(this InputDescriptor input) => input with { IsRequired = true };

    /// <summary>Returns the input as one that the activity reads by itself.</summary>
    public static InputDescriptor Late(this InputDescriptor input) => input with { IsEvaluated = false };

    /// <summary>Returns the input as one that stands in definitions as its bare value.</summary>
    public static InputDescriptor Plain(this InputDescriptor input) => input with { IsExpression = false };

    /// <summary>Returns the input as one that has no effect here.</summary>
    public static InputDescriptor WithoutEffect(this InputDescriptor input) => input with { IsOffered = false };

    /// <summary>Returns the input with an editor.</summary>
    public static InputDescriptor Editor(this InputDescriptor input, string hint, params string[] options) =>
        options.Length == 0 ? input with { UIHint = hint } : input with { UIHint = hint, Options = options, NameOfOption = NameOfOption };

    private static LocalizedText NameOfOption(string option) => option switch
    {
        "MatchFirst" => new("The first that matches", "首个匹配的分支"),
        "MatchAny" => new("All that match", "所有匹配的分支"),
        "WaitAny" => new("The first to arrive", "任一到达"),
        "WaitAll" => new("All branches", "全部到达"),
        "WaitAllActive" => new("All branches that were taken", "已走的分支全部到达"),
        _ => new(option, option),
    };
}
