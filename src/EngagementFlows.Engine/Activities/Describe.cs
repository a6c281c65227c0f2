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

    /// <summary>Returns the input with an editor.</summary>
    public static InputDescriptor Editor(this InputDescriptor input, string hint, params string[] options) =>
        input with { UIHint = hint, Options = options.Length == 0 ? null : options };
}
