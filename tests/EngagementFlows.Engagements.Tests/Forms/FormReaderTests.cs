using EngagementFlows.Engagements.Forms;

namespace EngagementFlows.Engagements.Tests.Forms;

public sealed class FormReaderTests
{
    [Fact]
    public void Read_FormOfTwoPages_KnowsQuestionsConditionsAndTexts()
    {
        FormReading reading = FormReader.Read("""
            { "title": { "default": "Brief", "zh-cn": "需求" },
              "pages": [
                { "name": "one", "elements": [
                  { "type": "radiogroup", "name": "kind", "title": { "default": "Kind", "zh-cn": "类型" }, "isRequired": true,
                    "choices": [ { "value": "new", "text": { "default": "New", "zh-cn": "新建" } }, { "value": "old", "text": { "default": "Old", "zh-cn": "旧建" } } ] } ] },
                { "name": "two", "visibleIf": "{kind} = 'old'", "elements": [
                  { "type": "panel", "name": "p", "title": { "default": "Building", "zh-cn": "建筑" }, "visibleIf": "{kind} notempty", "elements": [
                    { "type": "text", "name": "year", "inputType": "number", "min": 1800, "title": { "default": "Year", "zh-cn": "年份" } } ] } ] } ] }
            """);

        reading.Faults.Should().BeEmpty();
        reading.Form!.Pages.Should().HaveCount(2);
        FormQuestion year = reading.Form.Questions[1];
        year.Kind.Should().Be(QuestionKind.Number);
        year.VisibleIf.Should().HaveCount(2);
        year.Panel!.ZhCn.Should().Be("建筑");
        year.Least.Should().Be(1800);
    }

    [Theory]
    [InlineData("""{ "type": "text", "name": "q", "title": "English only" }""", "one language")]
    [InlineData("""{ "type": "text", "name": "q", "title": { "default": "Q" } }""", "zh-cn")]
    [InlineData("""{ "type": "file", "name": "q", "title": "1" }""", "'file'")]
    [InlineData("""{ "type": "text", "name": "q", "title": "1", "inputType": "datetime-local" }""", "datetime-local")]
    [InlineData("""{ "type": "text", "name": "q x", "title": "1" }""", "ASCII")]
    [InlineData("""{ "type": "dropdown", "name": "q", "title": "1" }""", "no choices")]
    [InlineData("""{ "type": "dropdown", "name": "q", "title": "1", "choices": [1, 1] }""", "offered twice")]
    [InlineData("""{ "type": "dropdown", "name": "q", "title": "1", "choicesByUrl": {} }""", "choicesByUrl")]
    [InlineData("""{ "type": "text", "name": "q", "title": "1", "visibleIf": "{nobody} = 1" }""", "nobody")]
    [InlineData("""{ "type": "text", "name": "q", "title": "1", "visibleIf": "age({q}) > 1" }""", "cannot be checked")]
    [InlineData("""{ "type": "text", "name": "q", "title": "1", "validators": [{ "type": "expression" }] }""", "'expression'")]
    [InlineData("""{ "type": "text", "name": "q", "title": "1", "validators": [{ "type": "regex", "regex": "(a)\\1" }] }""", "back-references")]
    [InlineData("""{ "type": "text", "name": "q" }""", "no title")]
    public void Read_WhatTheServerCouldNotCheck_IsAFault(string element, string words)
    {
        FormReading reading = FormReader.Read($$"""{ "title": "1", "elements": [ {{element}} ] }""");

        reading.Faults.Should().Contain(fault => fault.Message.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "pages": 7, "elements": {} }""")]
    [InlineData("""{ "pages": [ 1, "x", { "elements": [ null, 3 ] } ] }""")]
    public void Read_NoForm_IsReportedNotThrown(string json) => FormReader.Read(json).Faults.Should().NotBeEmpty();
}
