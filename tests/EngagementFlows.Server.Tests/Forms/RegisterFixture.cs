using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Tests.Staff;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Forms;

/// <summary>The sample firm with a process whose forms ask for lists: a register that a client corrects, minutes that an architect writes.</summary>
public sealed class RegisterFixture : HouseFixture
{
    public const string RegisterForm = """
        {
          "title": { "default": "Your needs", "zh-cn": "您的需求" },
          "description": { "default": "Please correct what we noted, and add what is missing.", "zh-cn": "请更正我们的记录，并补充遗漏内容。" },
          "elements": [
            { "type": "text", "name": "project", "title": { "default": "Project", "zh-cn": "项目" }, "isRequired": true },
            { "type": "paneldynamic", "name": "goals", "title": { "default": "Goals", "zh-cn": "目标" }, "minPanelCount": 1, "maxPanelCount": 4,
              "templateTitle": { "default": "Goal {panelIndex}", "zh-cn": "目标 {panelIndex}" },
              "panelAddText": { "default": "Add a goal", "zh-cn": "添加目标" }, "panelRemoveText": { "default": "Remove goal", "zh-cn": "删除目标" },
              "templateElements": [
                { "type": "text", "name": "goal", "title": { "default": "What should be better", "zh-cn": "希望改善什么" }, "isRequired": true, "maxLength": 200 },
                { "type": "text", "inputType": "date", "name": "by", "title": { "default": "By when", "zh-cn": "期限" } },
                { "type": "radiogroup", "name": "scope", "title": { "default": "Scope", "zh-cn": "范围" },
                  "choices": [ { "value": "in", "text": { "default": "In", "zh-cn": "范围内" } }, { "value": "out", "text": { "default": "Out", "zh-cn": "范围外" } } ] },
                { "type": "comment", "name": "why", "title": { "default": "Why not now", "zh-cn": "为何暂不处理" }, "isRequired": true, "visibleIf": "{panel.scope} = 'out'" } ] },
            { "type": "comment", "name": "pain", "title": { "default": "What hurts most today", "zh-cn": "目前最大的困扰" } }
          ]
        }
        """;

    public const string MinutesForm = """
        {
          "title": { "default": "Minutes", "zh-cn": "会议纪要" },
          "elements": [
            { "type": "dropdown", "name": "chair", "title": { "default": "Chair", "zh-cn": "主持人" }, "efChoices": "staff:architect" },
            { "type": "paneldynamic", "name": "actions", "title": { "default": "Actions", "zh-cn": "行动项" }, "panelCount": 1,
              "templateTitle": { "default": "Action {panelIndex}: {panel.what}", "zh-cn": "行动 {panelIndex}：{panel.what}" },
              "panelAddText": { "default": "Add an action", "zh-cn": "添加行动项" },
              "templateElements": [
                { "type": "text", "name": "what", "title": { "default": "What", "zh-cn": "内容" }, "isRequired": true },
                { "type": "dropdown", "name": "owner", "title": { "default": "Who", "zh-cn": "负责人" }, "isRequired": true, "efChoices": "staff" },
                { "type": "text", "inputType": "date", "name": "due", "title": { "default": "Date", "zh-cn": "日期" } } ] }
          ]
        }
        """;

    public const string Mail = "---\nsubject: Your needs\n---\nPlease look at them: [Open the form]({{ Link }})";

    public const string MailZh = "---\nsubject: 您的需求\n---\n请查看：[打开表单]({{ Link }})";

    public const string Flow = """
        {
          "definitionId": "register", "id": "register-v1", "name": "Register", "version": 1, "isPublished": true, "isLatest": true,
          "root": { "id": "Root", "type": "Elsa.Sequence", "version": 1, "activities": [
            { "id": "Ask", "type": "EngagementFlows.AskClient", "version": 1,
              "form": { "typeName": "String", "expression": { "type": "Literal", "value": "forms/register.json" } },
              "mail": { "typeName": "String", "expression": { "type": "Literal", "value": "ask" } },
              "prefill": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "({ project: 'Office <b>north</b>', goals: [{ goal: '<script>alert(1)</script> & light', scope: 'in' }, { goal: 'Quiet rooms', by: '2026-12-01' }] })" } } },
            { "id": "Note", "type": "EngagementFlows.AssignTask", "version": 1,
              "assignee": { "typeName": "String", "expression": { "type": "Literal", "value": "role:architect" } },
              "title": { "typeName": "String", "expression": { "type": "Literal", "value": "Write the minutes" } },
              "titleZh": { "typeName": "String", "expression": { "type": "Literal", "value": "撰写会议纪要" } },
              "dueIn": { "typeName": "String", "expression": { "type": "Literal", "value": "20 working days" } },
              "staysOpen": { "typeName": "Boolean", "expression": { "type": "Literal", "value": true } },
              "form": { "typeName": "String", "expression": { "type": "Literal", "value": "forms/minutes.json" } },
              "prefill": { "typeName": "Object", "expression": { "type": "Literal", "value": "{\"actions\": [{\"what\": \"Measure the hall\"}]}" } } }
          ] }
        }
        """;

    private int _started;

    /// <summary>Starts the process for the next engagement and returns the instance.</summary>
    public async Task<Guid> StartAsync(string process = "register")
    {
        Guid engagement = await Postgres.ScalarAsync<Guid>($"select id from engagement order by id offset {Interlocked.Increment(ref _started)} limit 1");
        StartRequested start = new(TimeOrderedId.Create(Services.GetRequiredService<DatabaseClock>().Now), process) { CorrelationId = engagement.ToString("D") };
        StimulusResult result = await Services.GetRequiredService<FlowsEngine>().Gateway.SubmitAsync(start, null, default);
        result.Kind.Should().Be(TransitionKind.Applied, result.Message);
        return start.InstanceId;
    }

    protected override void WriteFiles(string folder)
    {
        base.WriteFiles(folder);
        string process = Path.Combine(folder, "workflows", "register");
        Directory.CreateDirectory(Path.Combine(process, "forms"));
        Directory.CreateDirectory(Path.Combine(process, "mail"));
        File.WriteAllText(Path.Combine(process, "register.json"), Flow);
        File.WriteAllText(Path.Combine(process, "forms", "register.json"), RegisterForm);
        File.WriteAllText(Path.Combine(process, "forms", "minutes.json"), MinutesForm);
        File.WriteAllText(Path.Combine(process, "mail", "ask.en.md"), Mail);
        File.WriteAllText(Path.Combine(process, "mail", "ask.zh-CN.md"), MailZh);
        File.WriteAllText(Path.Combine(process, "mail", "ask.sample.json"), """{"Link":"https://clients.example/c/1"}""");
    }
}
