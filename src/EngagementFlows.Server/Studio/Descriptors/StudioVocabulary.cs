using EngagementFlows.Engine;
using EngagementFlows.Engine.Values;
using EngagementFlows.Server.Languages;

namespace EngagementFlows.Server.Studio.Descriptors;

/// <summary>What a definition may name besides activities: types, languages of expressions, places where values are kept, strategies. The names are Elsa's, so that flows can be taken elsewhere.</summary>
internal static class StudioVocabulary
{
    private static readonly LocalizedText Basic = new("Basic", "基本");
    private static readonly LocalizedText Structured = new("Structured", "结构化");
    private static readonly LocalizedText Imported = new("Of flows from elsewhere", "外来流程使用");

    private static readonly (string Alias, DataKind Kind, LocalizedText Category, LocalizedText Name, LocalizedText Description)[] Types =
    [
        ("String", DataKind.String, Basic, new("Text", "文字"), new("Letters and lines.", "文字内容。")),
        ("Boolean", DataKind.Boolean, Basic, new("Yes or no", "是否"), new("True or false.", "真或假。")),
        ("Int32", DataKind.Int32, Basic, new("Whole number", "整数"), new("Up to about two thousand million.", "绝对值约 21 亿以内。")),
        ("Int64", DataKind.Int64, Basic, new("Large whole number", "长整数"), new("For numbers beyond that.", "用于更大的整数。")),
        ("Decimal", DataKind.Decimal, Basic, new("Exact number", "精确小数"), new("With decimals, for money.", "带小数，适用于金额。")),
        ("Double", DataKind.Double, Basic, new("Number", "小数"), new("With decimals, for measurements.", "带小数，适用于测量值。")),
        ("DateTimeOffset", DataKind.DateTimeOffset, Basic, new("Instant", "时刻"), new("Date and time with its offset.", "带时区偏移的日期时间。")),
        ("DateTime", DataKind.DateTime, Basic, new("Date and time", "日期时间"), new("Without an offset.", "不带时区偏移。")),
        ("TimeSpan", DataKind.TimeSpan, Basic, new("Span of time", "时长"), new("Like 3.00:00:00 for three days.", "例如 3.00:00:00 表示三天。")),
        ("Guid", DataKind.Guid, Basic, new("Id (GUID)", "编号（GUID）"), new("A unique id.", "唯一编号。")),
        ("Object", DataKind.Object, Structured, new("Anything", "任意"), new("Taken as it is: answers of forms, lists, texts.", "原样保存：表单内容、列表、文字等。")),
        ("JSON", DataKind.Json, Structured, new("JSON", "JSON"), new("Text that is read as JSON.", "按 JSON 读取的内容。")),
        ("ObjectDictionary", DataKind.Dictionary, Structured, new("Values by name", "键值表"), new("Any values, each with a name.", "按名称保存的任意值。")),
        ("ByteArray", DataKind.Bytes, Structured, new("Bytes", "字节"), new("The content of a file.", "文件内容。")),
        ("Int16", DataKind.Int16, Imported, new("Short whole number", "短整数"), new("Up to 32,767.", "绝对值 32767 以内。")),
        ("Single", DataKind.Single, Imported, new("Short number", "单精度小数"), new("With few decimals.", "精度较低的小数。")),
        ("JsonElement", DataKind.JsonNode, Imported, new("JSON value", "JSON 值"), new("Any JSON.", "任意 JSON。")),
        ("JsonNode", DataKind.JsonNode, Imported, new("JSON value (node)", "JSON 值（节点）"), new("Any JSON.", "任意 JSON。")),
        ("JsonObject", DataKind.Json, Imported, new("JSON object", "JSON 对象"), new("Members with names.", "带名称的成员。")),
        ("JsonArray", DataKind.JsonNode, Imported, new("JSON list", "JSON 列表"), new("A list of JSON values.", "JSON 值的列表。")),
        ("ExpandoObject", DataKind.Json, Imported, new("Object", "对象"), new("Members with names.", "带名称的成员。")),
        ("StringDictionary", DataKind.Dictionary, Imported, new("Texts by name", "文字键值表"), new("Texts, each with a name.", "按名称保存的文字。")),
        ("StringMap", DataKind.Dictionary, Imported, new("Texts by name (map)", "文字键值表（映射）"), new("Texts, each with a name.", "按名称保存的文字。")),
        ("ObjectMap", DataKind.Dictionary, Imported, new("Values by name (map)", "键值表（映射）"), new("Any values, each with a name.", "按名称保存的任意值。")),
        ("Long", DataKind.Int64, Imported, new("Large whole number (Long)", "长整数（Long）"), new("The same under another name.", "同一类型的另一名称。")),
        ("Stream", DataKind.Bytes, Imported, new("Stream", "字节流"), new("The content of a file.", "文件内容。")),
        ("Variable", DataKind.Object, Imported, new("Variable", "变量"), new("A variable itself.", "变量本身。")),
    ];

    /// <summary>Returns the alias of a type.</summary>
    public static string AliasOf(DataType type)
    {
        string alias = Types.First(known => known.Kind == type.Kind).Alias;
        return type.IsList ? alias + "[]" : alias;
    }

    /// <summary>Returns the types of variables, inputs and outputs.</summary>
    public static StudioList<StudioType> VariableTypes(Language language) =>
        new([.. Types.Select(type => new StudioType(type.Alias, language.Say(type.Name), language.Say(type.Category), language.Say(type.Description)))]);

    /// <summary>Returns where the values of variables are kept; the first is that of new ones.</summary>
    public static StudioList<StudioStorage> StorageDrivers(Language language) => new(
    [
        new("Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core", language.Say(new LocalizedText("With the instance", "随实例保存")), 5, Deprecated: false),
        new("Elsa.Workflows.MemoryStorageDriver, Elsa.Workflows.Core", language.Say(new LocalizedText("Until the flow waits", "仅到下一次等待")), 0, Deprecated: false),
        new("Elsa.Workflows.WorkflowStorageDriver, Elsa.Workflows.Core", language.Say(new LocalizedText("With the instance (older flows)", "随实例保存（旧流程）")), -1, Deprecated: true),
    ]);

    /// <summary>Returns the languages of expressions.</summary>
    public static StudioList<StudioExpression> Expressions(Language language) => new(
    [
        new("Literal", language.Say(new LocalizedText("Value", "固定值")), IsBrowsable: false, NoProperties),
        new("Object", language.Say(new LocalizedText("Object", "对象")), IsBrowsable: false, Monaco("json")),
        new("Variable", language.Say(new LocalizedText("Variable", "变量")), IsBrowsable: true, NoProperties),
        new("Input", language.Say(new LocalizedText("Input", "输入")), IsBrowsable: true, NoProperties),
        new("JavaScript", "JavaScript", IsBrowsable: true, Monaco("javascript")),
        new("Liquid", "Liquid", IsBrowsable: true, Monaco("liquid")),
    ]);

    /// <summary>Returns when a trigger may start a further instance.</summary>
    public static StudioList<StudioStrategy> ActivationStrategies(Language language) => new(
    [
        Strategy(language, "Elsa.Workflows.ActivationValidators.AllowAlwaysStrategy, Elsa.Workflows.Core", new("Always", "始终"), new("A trigger always starts a further instance.", "触发时总是启动新的实例。")),
        Strategy(
            language, "Elsa.Workflows.Runtime.ActivationValidators.SingletonStrategy, Elsa.Workflows.Runtime",
            new("One at a time", "同时仅一个"), new("Only while no instance of this flow runs.", "仅当本流程没有运行中的实例时启动。")),
        Strategy(
            language, "Elsa.Workflows.Runtime.ActivationValidators.CorrelatedSingletonStrategy, Elsa.Workflows.Runtime",
            new("One at a time for each engagement", "每个项目同时仅一个"), new("Only while no instance of this flow with the same correlation id runs.", "仅当本流程没有相同关联编号的运行中实例时启动。")),
        Strategy(
            language, "Elsa.Workflows.Runtime.ActivationValidators.CorrelationStrategy, Elsa.Workflows.Runtime",
            new("One flow at a time for each engagement", "每个项目同时仅一个流程"), new("Only while no instance of any flow with the same correlation id runs.", "仅当没有任何流程的相同关联编号实例在运行时启动。")),
    ]);

    /// <summary>Returns what becomes of an instance when an activity fails.</summary>
    public static StudioList<StudioStrategy> IncidentStrategies(Language language) => new(
    [
        Strategy(
            language, "Elsa.Workflows.IncidentStrategies.FaultStrategy, Elsa.Workflows.Core",
            new("Stop", "停止"), new("The first failure ends the instance as faulted.", "首次失败即以故障结束实例。")),
        Strategy(
            language, "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core",
            new("Wait for a person", "等待人工处理"), new("The failure becomes an incident; other branches go on.", "失败成为异常，其他分支继续。")),
    ]);

    /// <summary>Returns what the Studio may use besides drawing.</summary>
    public static StudioList<StudioFeature> Features(Language language) => new(
        [new("RealTimeWorkflowUpdates", "Elsa", "Elsa.RealTimeWorkflowUpdates", language.Say(new LocalizedText("Live updates", "实时更新")), language.Say(new LocalizedText("Instances are drawn as they go on.", "实例进展实时显示。")))]);

    private static IReadOnlyDictionary<string, string> NoProperties { get; } = new Dictionary<string, string>();

    private static Dictionary<string, string> Monaco(string name) => new(StringComparer.Ordinal) { ["MonacoLanguage"] = name };

    private static StudioStrategy Strategy(Language language, string typeName, LocalizedText name, LocalizedText description) => new(typeName, language.Say(name), language.Say(description));
}

/// <summary>A type of variables.</summary>
internal sealed record StudioType(string TypeName, string DisplayName, string Category, string Description);

/// <summary>A place where values of variables are kept.</summary>
internal sealed record StudioStorage(string TypeName, string DisplayName, double Priority, bool Deprecated);

/// <summary>A language of expressions.</summary>
internal sealed record StudioExpression(string Type, string DisplayName, bool IsBrowsable, IReadOnlyDictionary<string, string> Properties)
{
    public bool IsSerializable => true;
}

/// <summary>A strategy by its type.</summary>
internal sealed record StudioStrategy(string TypeName, string DisplayName, string Description);

/// <summary>A feature of the server.</summary>
internal sealed record StudioFeature(string Name, string Namespace, string FullName, string DisplayName, string Description);
