using EngagementFlows.Engagements.Forms;
using EngagementFlows.Scripts;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engagements.Tests.Forms;

/// <summary>A form with a group in which every kind of question stands.</summary>
internal static class MinutesForm
{
    public const string Json = """
        { "title": "1", "elements": [
          { "type": "boolean", "name": "signed", "title": { "default": "Signed", "zh-cn": "已签署" } },
          { "type": "paneldynamic", "name": "actions", "title": { "default": "Actions", "zh-cn": "行动项" }, "minPanelCount": 1, "maxPanelCount": 5, "panelCount": 2,
            "templateTitle": { "default": "Action {panelIndex}: {panel.what}", "zh-cn": "第 {panelIndex} 项：{panel.what}" },
            "panelAddText": { "default": "Add an action", "zh-cn": "添加行动项" }, "panelRemoveText": { "default": "Remove action", "zh-cn": "删除行动项" },
            "templateElements": [
              { "type": "text", "name": "what", "title": { "default": "What", "zh-cn": "内容" }, "isRequired": true, "maxLength": 40 },
              { "type": "panel", "name": "when", "title": { "default": "When", "zh-cn": "时间" }, "elements": [
                { "type": "text", "inputType": "date", "name": "due", "title": { "default": "Date", "zh-cn": "日期" }, "min": "2026-01-01" } ] },
              { "type": "text", "inputType": "number", "name": "cost", "title": "1", "min": 0 },
              { "type": "checkbox", "name": "rooms", "title": "2", "choices": [1, 2, 3] },
              { "type": "radiogroup", "name": "state", "title": { "default": "State", "zh-cn": "状态" }, "choices": [ 1, 2 ], "showOtherItem": true },
              { "type": "comment", "name": "why", "title": { "default": "Why", "zh-cn": "原因" }, "isRequired": true, "visibleIf": "{panel.state} = 2 and {signed} = true" } ] },
          { "type": "text", "name": "thanks", "title": "1", "visibleIf": "{actions} notempty" } ] }
        """;

    public static FormDefinition Read()
    {
        FormReading reading = FormReader.Read(Json);
        reading.Faults.Should().BeEmpty();
        return reading.Form!;
    }

    /// <summary>Returns rows as people fill them, some blank.</summary>
    public static Gen<PlainList> Rows { get; } =
        from rows in Row().ListOf()
        select new PlainList(rows.Take(5));

    private static Gen<PlainObject> Row() =>
        from what in Gen.Elements("", "Measure", "=1+1", "<b>a</b>", "测量", "Draw \"up\"", "x.y")
        from due in Gen.Elements("", "2026-03-03", "2027-12-31")
        from cost in Gen.Elements("", "0", "12.5", "1200")
        from rooms in Gen.SubListOf("1", "2", "3")
        from state in Gen.Elements("", "1", "other")
        select Of(what, due, cost, rooms, state);

    private static PlainObject Of(string what, string due, string cost, IEnumerable<string> rooms, string state)
    {
        PlainObject row = new();
        foreach ((string name, string text) in new[] { ("what", what), ("due", due), ("cost", cost), ("state", state) })
        {
            if (text.Length > 0)
                row[name] = text;
        }

        string[] chosen = [.. rooms];
        if (chosen.Length > 0)
            row["rooms"] = new PlainList(chosen);
        if (state == "other")
            row["state-Comment"] = "half done";
        return row;
    }
}
