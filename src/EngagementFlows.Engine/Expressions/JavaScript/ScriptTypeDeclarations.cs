namespace EngagementFlows.Engine.Expressions;

/// <summary>What every script of a definition finds, declared in TypeScript. A test compares the names with <see cref="ScriptSurface"/>.</summary>
internal static class ScriptTypeDeclarations
{
    /// <summary>The types beside JavaScript's own; members are found with a capital or a small letter first, and declared with the small one as scripts write them.</summary>
    public const string Text = """
        interface TimeSpan {
          readonly days: number; readonly hours: number; readonly minutes: number; readonly seconds: number; readonly milliseconds: number; readonly ticks: number;
          readonly totalDays: number; readonly totalHours: number; readonly totalMinutes: number; readonly totalSeconds: number; readonly totalMilliseconds: number;
          add(other: TimeSpan): TimeSpan; subtract(other: TimeSpan): TimeSpan; negate(): TimeSpan; duration(): TimeSpan;
          toString(): string; toJSON(): string; valueOf(): number;
        }
        declare const TimeSpan: {
          new(ticks?: number): TimeSpan; new(hours: number, minutes: number, seconds: number): TimeSpan; new(days: number, hours: number, minutes: number, seconds: number): TimeSpan;
          readonly Zero: TimeSpan; readonly MinValue: TimeSpan; readonly MaxValue: TimeSpan;
          FromDays(days: number): TimeSpan; FromHours(hours: number): TimeSpan; FromMinutes(minutes: number): TimeSpan; FromSeconds(seconds: number): TimeSpan;
          FromMilliseconds(milliseconds: number): TimeSpan; Parse(text: string): TimeSpan;
        };
        interface Guid { toString(): string; toJSON(): string; }
        declare const Guid: { readonly Empty: Guid; NewGuid(): Guid; Parse(text: string): Guid; };
        interface DateTimeType {
          new(year: number, month: number, day: number, hour?: number, minute?: number, second?: number): Date;
          readonly Now: Date; readonly UtcNow: Date; readonly Today: Date; readonly MinValue: Date; readonly MaxValue: Date; readonly UnixEpoch: Date; Parse(text: string): Date;
        }
        declare const DateTime: DateTimeType;
        declare const DateTimeOffset: DateTimeType;

        """;

    /// <summary>Gets the functions and values that do not depend on a definition: name, declaration, comment.</summary>
    public static IReadOnlyList<(string Name, string Declaration, LocalizedText Comment)> Functions { get; } =
    [
        ("getVariable", "function getVariable(name: string): any", new("The value of a variable.", "变量的值。")),
        ("setVariable", "function setVariable(name: string, value: any): void", new("Sets a variable.", "设置变量。")),
        ("getInput", "function getInput(name: string): any", new("The value of an input of the flow.", "流程输入的值。")),
        ("getOutputFrom", "function getOutputFrom(activity: string, output?: string): any", new("The latest output of an activity, by its id or name; Result unless another is named.", "活动（按编号或名称）最近一次的输出，默认取 Result。")),
        ("getLastResult", "function getLastResult(): any", new("The result of the activity before.", "上一个活动的结果。")),
        ("getCorrelationId", "function getCorrelationId(): string | null", new("The business key of the instance: the engagement.", "实例的业务键：所属项目。")),
        ("setCorrelationId", "function setCorrelationId(value: string | null): void", new("Sets the business key of the instance.", "设置实例的业务键。")),
        ("getWorkflowDefinitionId", "function getWorkflowDefinitionId(): string", new("The id of the flow.", "流程的编号。")),
        ("getWorkflowDefinitionVersionId", "function getWorkflowDefinitionVersionId(): string", new("The id of this version of the flow.", "本版本的编号。")),
        ("getWorkflowDefinitionVersion", "function getWorkflowDefinitionVersion(): number", new("The number of this version.", "版本号。")),
        ("getWorkflowInstanceId", "function getWorkflowInstanceId(): string", new("The id of the instance.", "实例的编号。")),
        ("getWorkflowInstanceName", "function getWorkflowInstanceName(): string | null", new("The name of the instance.", "实例的名称。")),
        ("setWorkflowInstanceName", "function setWorkflowInstanceName(name: string | null): void", new("Names the instance.", "设置实例的名称。")),
        ("setOutcome", "function setOutcome(outcome: string): void", new("In Run JavaScript: where the flow goes on.", "用于“运行 JavaScript”：流程的走向。")),
        ("setOutcomes", "function setOutcomes(outcomes: string[]): void", new("In Run JavaScript: where the flow goes on, in several ways at once.", "用于“运行 JavaScript”：流程同时走的多个走向。")),
        ("isNullOrWhiteSpace", "function isNullOrWhiteSpace(text: string | null | undefined): boolean", new("Whether a text is missing or blank.", "文字是否为空或仅含空白。")),
        ("isNullOrEmpty", "function isNullOrEmpty(text: string | null | undefined): boolean", new("Whether a text is missing or empty.", "文字是否为空。")),
        ("toJson", "function toJson(value: any): string", new("The value as JSON.", "转换为 JSON。")),
        ("newGuid", "function newGuid(): Guid", new("A new id; the same run gives the same.", "新的编号；同一次运行得到相同结果。")),
        ("newGuidString", "function newGuidString(): string", new("A new id as text.", "文字形式的新编号。")),
        ("getGuidString", "function getGuidString(): string", new("A new id as text.", "文字形式的新编号。")),
        ("newShortGuid", "function newShortGuid(): string", new("A new id as a short text.", "简短形式的新编号。")),
        ("getShortGuid", "function getShortGuid(): string", new("A new id as a short text.", "简短形式的新编号。")),
        ("parseGuid", "function parseGuid(text: string): Guid", new("Reads an id.", "读取编号。")),
        ("bytesToString", "function bytesToString(bytes: Uint8Array | null): string | null", new("Reads bytes as UTF-8.", "按 UTF-8 读取字节。")),
        ("bytesFromString", "function bytesFromString(text: string): Uint8Array", new("The bytes of a text in UTF-8.", "文字的 UTF-8 字节。")),
        ("stringToBase64", "function stringToBase64(text: string): string", new("The text in Base64.", "转换为 Base64。")),
        ("stringFromBase64", "function stringFromBase64(text: string): string", new("The text that stands in Base64.", "读取 Base64 中的文字。")),
        ("bytesFromBase64", "function bytesFromBase64(text: string): Uint8Array", new("The bytes that stand in Base64.", "读取 Base64 中的字节。")),
        ("bytesToBase64", "function bytesToBase64(bytes: Uint8Array | null): string | null", new("The bytes in Base64.", "字节转换为 Base64。")),
        ("streamToBase64", "function streamToBase64(bytes: Uint8Array | null): string | null", new("The bytes in Base64.", "字节转换为 Base64。")),
        ("streamToBytes", "function streamToBytes(bytes: Uint8Array | null): Uint8Array | null", new("The bytes themselves.", "字节本身。")),
    ];
}
