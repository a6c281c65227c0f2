using EngagementFlows.Engine;

namespace EngagementFlows.Server.Security;

/// <summary>What a key made in the console may be allowed, each on its own: a web site that starts intakes need not read what clients answered.</summary>
public static class ApiScopes
{
    /// <summary>Reads everything that the API shows.</summary>
    public const string Read = "read";

    /// <summary>Starts flows, publishes events, calls flows' HTTP endpoints.</summary>
    public const string Start = "start";

    /// <summary>Cancels instances, mends incidents.</summary>
    public const string Operate = "operate";

    /// <summary>Completes tasks of the person for whom it acts, gives tasks to others.</summary>
    public const string Tasks = "tasks";

    /// <summary>Imports clients, sends and revokes their links.</summary>
    public const string Clients = "clients";

    /// <summary>Imports, submits and publishes definitions.</summary>
    public const string Definitions = "definitions";

    /// <summary>Makes one-time links for members of staff.</summary>
    public const string People = "people";

    /// <summary>Gets all scopes, in the order in which people read them.</summary>
    public static IReadOnlyList<string> All { get; } = [Read, Start, Operate, Tasks, Clients, Definitions, People];

    /// <summary>Returns what people read for a scope.</summary>
    public static LocalizedText NameOf(string scope) => scope switch
    {
        Read => new("Read everything", "读取全部数据"),
        Start => new("Start flows, publish events", "启动流程、发布事件"),
        Operate => new("Cancel instances, mend incidents", "取消实例、处理异常"),
        Tasks => new("Complete and reassign tasks", "完成和转交待办"),
        Clients => new("Import clients, manage their links", "导入客户、管理客户链接"),
        Definitions => new("Import, submit and publish definitions", "导入、提交和发布流程定义"),
        People => new("Make one-time links for staff", "为同事生成一次性链接"),
        _ => new(scope, scope),
    };
}
