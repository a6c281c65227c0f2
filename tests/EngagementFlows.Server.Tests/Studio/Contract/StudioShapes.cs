using System.Globalization;
using System.Text.Json;

namespace EngagementFlows.Server.Tests.Studio.Contract;

/// <summary>Holds JSON against the shapes that the Studio was built to read.</summary>
/// <remarks>
/// A shape lists its members as <c>name:kind</c>, with <c>~</c> for a space in a kind. A kind is a word of <see cref="Check"/>, some words with <c>|</c> between them, a list <c>[kind]</c> (with <c>+</c>: not empty) or
/// another shape; <c>list(kind)</c>, <c>list+(kind)</c> (not empty) and <c>page(kind)</c> are the envelopes. After the kind, <c>?</c> says that the member may be left out, and <c>-</c> that this server never has
/// anything to say in it. Null stands for nothing in a plain member alone: where the Studio expects a list or an object, null breaks a panel. Members that it does not know it passes over.
/// </remarks>
internal sealed class StudioShapes
{
    private const string InstanceMembers = """
        id:text definitionId:text definitionVersionId:text version:whole status:Running|Finished subStatus:Pending|Executing|Suspended|Finished|Cancelled|Faulted|Interrupted
        correlationId:text? name:text? incidentCount:whole createdAt:date updatedAt:date finishedAt:date?
        """;

    private const string ExecutionMembers = """
        id:text workflowInstanceId:text activityId:text activityNodeId:text activityType:text activityTypeVersion:whole activityName:text? metadata:map exception:exception? startedAt:date
        hasBookmarks:flag status:Pending|Running|Completed|Canceled|Faulted aggregateFaultCount:whole completedAt:date? schedulingActivityExecutionId:text? schedulingActivityId:text?
        schedulingWorkflowInstanceId:text- callStackDepth:whole
        """;

    private static readonly Dictionary<string, string> Shapes = new(StringComparer.Ordinal)
    {
        ["error"] = "message:text",
        ["errors"] = "errors:[error]+",
        ["link"] = "href:text rel:text method:text",

        ["feature"] = "name:text namespace:text fullName:text displayName:text description:text",
        ["activity descriptor"] = """
            typeName:text version:whole name:text namespace:text displayName:text description:text category:text kind:Action|Trigger|Job|Task inputs:[input~descriptor] outputs:[output~descriptor]
            ports:[port] isBrowsable:flag isContainer:flag isStart:flag isTerminal:flag customProperties:flow~names constructionProperties:map
            """,
        ["port"] = "name:text displayName:text type:Flow|Embedded isBrowsable:flag",
        ["flow names"] = "RootType:WorkflowDefinitionActivity? WorkflowDefinitionId:text? WorkflowDefinitionVersionId:text?",
        ["input descriptor"] = """
            name:text typeName:text displayName:text description:text order:number isBrowsable:flag isSynthetic:flag isWrapped:flag uiHint:text category:text- defaultValue:any?
            defaultSyntax:text isReadOnly:flag isSensitive:flag uiSpecifications:editor?
            """,
        ["output descriptor"] = "name:text typeName:text displayName:text description:text order:number isBrowsable:flag isSynthetic:flag",
        ["editor"] = "dropdown:drop-down? code-editor:code~editor? DynamicOutcomesOptions:outcomes? Refresh:flag?",
        ["drop-down"] = "selectList:select~list",
        ["select list"] = "items:[choice] isFlagsEnum:flag",
        ["choice"] = "text:text value:text",
        ["code editor"] = "language:text editorHeight:number?",
        ["outcomes"] = "fixedOutcomes:[text]",
        ["options answer"] = "items:editor",
        ["expression descriptor"] = "type:text displayName:text isSerializable:flag isBrowsable:flag properties:expression~properties",
        ["expression properties"] = "MonacoLanguage:text?",
        ["strategy"] = "typeName:text displayName:text description:text",
        ["commit strategy"] = "name:text displayName:text description:text",
        ["storage driver"] = "typeName:text displayName:text priority:number deprecated:flag",
        ["variable type"] = "typeName:text displayName:text category:text description:text",
        ["output converter"] = "id:text sourceTypeName:text resultTypeName:text displayName:text",

        ["definition list"] = "items:[summary]+ totalCount:whole links:[link]+",
        ["summary"] = "id:text definitionId:text name:text description:text? version:whole isLatest:flag isPublished:flag createdAt:date links:[link]+",
        ["definition"] = """
            id:text definitionId:text name:text description:text? createdAt:date version:whole toolVersion:version? variables:[variable] inputs:[input] outputs:[output] outcomes:[text]
            customProperties:stamped isReadonly:flag isLatest:flag isPublished:flag options:options root:activity links:[link]+
            """,
        ["stamped"] = "engagementFlows:stamp",
        ["stamp"] = "revision:whole versionId:text",
        ["variable"] = "id:text name:text typeName:text isArray:flag value:text? storageDriverTypeName:text?",
        ["input"] = "type:text name:text displayName:text description:text? category:text uiHint:text storageDriverType:text? isArray:flag",
        ["output"] = "type:text name:text displayName:text description:text? category:text isArray:flag",
        ["options"] = "activationStrategyType:text? usableAsActivity:flag? autoUpdateConsumingWorkflows:flag activityCategory:text? incidentStrategyType:text? commitStrategyName:text?",
        ["activity members"] = "id:text nodeId:text name:text? type:text version:whole customProperties:map? metadata:metadata? connections:[connection]?",
        ["metadata"] = "displayText:text? designer:designer?",
        ["designer"] = "position:point? size:extent?",
        ["point"] = "x:number y:number",
        ["extent"] = "width:number height:number",
        ["connection"] = "source:end target:end vertices:[point]",
        ["end"] = "activity:text port:text",
        ["expression value"] = "typeName:text? expression:expression? memoryReference:reference-",
        ["binding"] = "typeName:text? memoryReference:reference",
        ["expression"] = "type:text value:any?",
        ["reference"] = "id:text",
        ["saved"] = "workflowDefinition:definition alreadyPublished:flag consumingWorkflowCount:whole",
        ["unique"] = "isUnique:flag",
        ["deleted"] = "deleted:whole",
        ["published"] = "published:[text] alreadyPublished:[text] notFound:[text] updatedConsumers:[text]",
        ["retracted"] = "retracted:[text] alreadyRetracted:[text] notFound:[text]",
        ["tested"] = "activityState:map payload:outcome outputs:map exception:exception? status:Pending|Running|Completed|Canceled|Faulted",
        ["outcome"] = "Outcomes:[text]?",
        ["node"] = "activity:activity nodeId:text port:text?",
        ["way"] = "childNode:node container:node pathSegments:[segment]+",
        ["segment"] = "activityNodeId:text activityId:text activityType:text portName:text",

        ["instance"] = InstanceMembers,
        ["whole instance"] = InstanceMembers + " workflowState:state",
        ["state"] = """
            id:text definitionId:text definitionVersionId:text definitionVersion:whole correlationId:text? status:Running|Finished
            subStatus:Pending|Executing|Suspended|Finished|Cancelled|Faulted|Interrupted bookmarks:[bookmark] incidents:[incident] completionCallbacks:[map] activityExecutionContexts:[map]
            input:map output:map properties:map createdAt:date updatedAt:date finishedAt:date? fault:map-
            """,
        ["bookmark"] = "id:text name:text hash:text payload:map- activityNodeId:text activityInstanceId:text autoBurn:flag callbackMethodName:text- metadata:map",
        ["incident"] = "activityId:text activityNodeId:text activityType:text message:text exception:exception timestamp:date",
        ["exception"] = "type:text message:text stackTrace:text? innerException:exception-",
        ["standing"] = "status:Running|Finished subStatus:Pending|Executing|Suspended|Finished|Cancelled|Faulted|Interrupted updatedAt:date",
        ["value"] = "id:text name:text value:text?",
        ["record"] = """
            id:text workflowInstanceId:text activityInstanceId:text parentActivityInstanceId:text? activityId:text activityType:text activityTypeVersion:whole activityName:text? nodeId:text
            timestamp:date sequence:whole eventName:text message:text? source:text- activityState:map payload:outcome?
            """,
        ["stats"] = "stats:[stat]+",
        ["stat"] = """
            activityId:text activityNodeId:text startedCount:whole completedCount:whole uncompletedCount:whole isBlocked:flag isFaulted:flag aggregateFaultCount:whole metadata:map
            """,
        ["execution summary"] = ExecutionMembers,
        ["execution"] = ExecutionMembers + " activityState:map payload:outcome outputs:map properties:map",
        ["call stack"] = "activityExecutionId:text items:[execution]+ totalCount:whole",
        ["count"] = "count:whole",
        ["cancelled"] = "cancelled:whole",
        ["plan"] = "planId:text",
    };

    private readonly HashSet<string> _used = [];
    private readonly HashSet<string> _seen = [];
    private readonly List<string> _faults = [];
    // How the inputs and outputs of each activity are written; what is not among them is written plainly.
    private readonly Dictionary<(string? Type, int Version), Dictionary<string, string>> _kinds = [];

    /// <summary>Gets what did not fit.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Gets the members of shapes that were met, which no answer had a value for: whether they fit is not known.</summary>
    public IEnumerable<string> NeverSeen => _used
        .SelectMany(shape => Members(shape).Where(member => !member.IsNever).Select(member => $"{shape}.{member.Name}")).Where(member => !_seen.Contains(member)).Order(StringComparer.Ordinal);

    public void Fault(string at, string what) => _faults.Add($"{at}: {what}");

    /// <summary>Learns which activities can be drawn, and which of their inputs are expressions; no two descriptors may describe the same.</summary>
    public void Learn(JsonElement descriptors)
    {
        foreach (JsonElement one in descriptors.GetProperty("items").EnumerateArray())
        {
            (string? Type, int Version) key = (one.GetProperty("typeName").GetString(), one.GetProperty("version").GetInt32());
            Dictionary<string, string> kinds = one.GetProperty("inputs").EnumerateArray().Where(input => input.GetProperty("isWrapped").GetBoolean()).ToDictionary(Written, _ => "expression value");
            foreach (JsonElement output in one.GetProperty("outputs").EnumerateArray())
                kinds[Written(output)] = "binding";
            if (!_kinds.TryAdd(key, kinds))
                Fault("descriptors", $"{key.Type} v{key.Version} stands there twice");
        }
    }

    /// <summary>Holds a value against a kind.</summary>
    public void Check(string kind, JsonElement value, string at)
    {
        if (Inner(kind, "list") is { } listed)
            Object("list", $"items:[{listed}] count:whole", value, at);
        else if (Inner(kind, "list+") is { } filled)
            Object("list", $"items:[{filled}]+ count:whole", value, at);
        else if (Inner(kind, "page") is { } paged)
            Object("page", $"items:[{paged}]+ totalCount:whole", value, at);
        else if (kind.StartsWith('['))
            List(kind, value, at);
        else if (kind == "activity")
            Activity(value, at, []);
        else if (Shapes.TryGetValue(kind, out string? members))
            Object(kind, members, value, at);
        else if (!Fits(kind, value))
            Fault(at, $"{value.ValueKind} {Short(value)} is no {kind}");
    }

    private static bool Fits(string kind, JsonElement value) => kind switch
    {
        "any" => value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null),
        "text" => value.ValueKind == JsonValueKind.String,
        "whole" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "flag" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "map" => value.ValueKind == JsonValueKind.Object,
        // With its offset, or the Studio takes it for the time of day of whoever reads.
        "date" => value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out _) && value.GetString()![10..].IndexOfAny(['Z', '+', '-']) > 0,
        "version" => value.ValueKind == JsonValueKind.String && Version.TryParse(value.GetString(), out _),
        _ when kind.Contains('|', StringComparison.Ordinal) || char.IsUpper(kind[0]) => value.ValueKind == JsonValueKind.String && kind.Split('|').Contains(value.GetString()),
        _ => throw new ArgumentException($"There is no kind '{kind}'.", nameof(kind)),
    };

    private static string? Inner(string kind, string envelope) =>
        kind.StartsWith(envelope + "(", StringComparison.Ordinal) ? kind[(envelope.Length + 1)..^1].Replace(' ', '~') : null;

    private static string Short(JsonElement value) => value.ToString() is { Length: > 60 } text ? text[..60] : value.ToString();

    private static string Written(JsonElement described) => described.GetProperty("name").GetString() is { Length: > 0 } name ? char.ToLowerInvariant(name[0]) + name[1..] : "";

    private static IEnumerable<(string Name, string Kind, bool IsOptional, bool IsNever)> Members(string shape) => MembersOf(Shapes.GetValueOrDefault(shape, ""));

    private static IEnumerable<(string Name, string Kind, bool IsOptional, bool IsNever)> MembersOf(string members)
    {
        foreach (string member in members.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = member.IndexOf(':', StringComparison.Ordinal);
            string kind = member[(colon + 1)..].TrimEnd('?', '-').Replace('~', ' ');
            yield return (member[..colon], kind, member[^1] is '?' or '-', member[^1] == '-');
        }
    }

    private void List(string kind, JsonElement value, string at)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Fault(at, $"{value.ValueKind} is no list");
            return;
        }

        if (kind.EndsWith('+') && value.GetArrayLength() == 0)
            Fault(at, "is empty");
        string item = kind.TrimEnd('+')[1..^1];
        int place = 0;
        foreach (JsonElement one in value.EnumerateArray())
            Check(item, one, $"{at}[{(place++).ToString(CultureInfo.InvariantCulture)}]");
    }

    private void Object(string shape, string members, JsonElement value, string at)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Fault(at, $"{value.ValueKind} is no {shape}");
            return;
        }

        _used.Add(shape);
        foreach ((string name, string kind, bool isOptional, bool isNever) in MembersOf(members))
        {
            bool isThere = value.TryGetProperty(name, out JsonElement member);
            bool isPlain = kind is not "map" && !kind.StartsWith('[') && !Shapes.ContainsKey(kind);
            if (!isThere || (member.ValueKind == JsonValueKind.Null && isPlain))
            {
                if (!isOptional)
                    Fault(at, $"'{name}' is {(isThere ? "null" : "missing")}");
                continue;
            }

            if (isNever)
                Fault(at, $"'{name}' was never to be there: describe what it may be");
            _seen.Add($"{shape}.{name}");
            Check(kind, member, $"{at}.{name}");
        }
    }

    // What breaks the whole picture: an activity without its own node id, or without a descriptor; and a panel: an input that is not written as its descriptor says.
    private void Activity(JsonElement value, string at, HashSet<string?> nodeIds)
    {
        Object("activity members", Shapes["activity members"], value, at);
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("nodeId", out JsonElement nodeId))
            return;
        if (!nodeIds.Add(nodeId.GetString()))
            Fault(at, $"the node id {nodeId} stands there twice");
        if (!_kinds.TryGetValue((value.GetProperty("type").GetString(), value.GetProperty("version").GetInt32()), out Dictionary<string, string>? kinds))
        {
            Fault(at, $"{value.GetProperty("type")} v{value.GetProperty("version")} has no descriptor");
            return;
        }

        foreach (JsonProperty member in value.EnumerateObject())
        {
            string where = $"{at}.{member.Name}";
            if (kinds.TryGetValue(member.Name, out string? kind))
                Check(kind, member.Value, where);
            else
                Inside(member.Value, where, nodeIds);
        }
    }

    private void Inside(JsonElement value, string at, HashSet<string?> nodeIds)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray())
                Inside(item, at, nodeIds);
        }
        else if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("type", out _) && value.TryGetProperty("id", out _))
        {
            Activity(value, at, nodeIds);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in value.EnumerateObject())
                Inside(member.Value, at, nodeIds);
        }
    }
}
