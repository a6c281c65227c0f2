using System.Text.Json.Nodes;
using EngagementFlows.Engine.Definitions;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engine.Tests.Definitions;

public sealed class DefinitionReaderTests
{
    private const string Small = """
        { "definitionId": "a", "id": "a-v1", "version": 1, "isPublished": true, "x-own": { "deep": [1, 2.50, "ü"] }, "root": { "id": "S", "type": "Elsa.Sequence", "colour": "red", "activities": [] } }
        """;

    [Fact]
    public void Read_AnyText_KeepsItUnchanged() => Flows.Read(Small).Json.Should().Be(Small);

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{ "root": { "id": "a", "type": "Elsa.WriteLine" } }""")]
    [InlineData("""{ "definitionId": "a", "root": { "id": "a" } }""")]
    [InlineData("""{ "definitionId": "a/b" }""")]
    [InlineData("""{ "definitionId": "a", "options": { "incidentStrategyType": "Hope", "activationStrategyType": "Luck" }, "inputs": [ { "name": "x", "type": "Thing" } ] }""")]
    [InlineData("""{ "definitionId": "a", "root": { "id": "S", "type": "Elsa.Sequence", "activities": [ { "id": "x", "type": "Elsa.End" }, { "id": "x", "type": "Elsa.End" } ] } }""")]
    public void Read_WhatIsRefused_SaysWhyInBothLanguages(string json) =>
        DefinitionReader.Read(json, Flows.Catalog).Refusals.Should().NotBeEmpty().And.OnlyContain(fault => fault.In("zh-CN").Any(unit => unit >= 0x4E00) && fault.In("en").All(unit => unit < 0x3000));

    [Fact]
    public void WithIdentity_UnknownFields_SurviveTheRoundTrip() =>
        Prop.ForAll(Fields().ToArbitrary(), fields =>
        {
            JsonObject json = JsonNode.Parse(Small)!.AsObject();
            foreach ((string name, string value) in fields)
                json["x" + name] = value;
            string exported = DefinitionText.WithIdentity(json.ToJsonString(), "a-v2", 2, isLatest: true, isPublished: false);
            string again = DefinitionText.WithIdentity(exported, "a-v2", 2, isLatest: true, isPublished: false);
            JsonObject read = JsonNode.Parse(Flows.Read(exported).Json)!.AsObject();
            json["id"] = "a-v2";
            json["version"] = 2;
            json["isLatest"] = true;
            json["isPublished"] = false;
            return again == exported && JsonNode.DeepEquals(json, read);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ContentHash_OtherOrderSpaceAndIdentity_IsTheSame()
    {
        string other = """
            {"root":{"activities":[],"colour":"red","type":"Elsa.Sequence","id":"S"},"x-own":{"deep":[1,2.50,"ü"]},"isPublished":false,"version":7,"id":"a-v7","definitionId":"a","createdAt":"2026-01-01"}
            """;

        Flows.Read(other).ContentHash.Should().Be(Flows.Read(Small).ContentHash);
        Flows.Read(other.Replace("red", "blue", StringComparison.Ordinal)).ContentHash.Should().NotBe(Flows.Read(Small).ContentHash);
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("[]", "object")]
    [InlineData("{ \"definitionId\": \"../x\" }", "'../x'")]
    [InlineData("{ \"definitionId\": \"..\" }", "'..'")]
    [InlineData("{ \"definitionId\": \"a\\\\b\" }", "addresses")]
    [InlineData("{ \"definitionId\": \"a\", \"id\": \"a\\nb\" }", "'id'")]
    [InlineData("{ \"root\": null }", "definitionId")]
    [InlineData("{ \"definitionId\": \"a\", \"root\": { \"id\": \"X\" } }", "'type'")]
    [InlineData("{ \"definitionId\": \"a\", \"options\": { \"incidentStrategyType\": \"Hope\" } }", "'Hope'")]
    [InlineData("{ \"definitionId\": \"a\", \"inputs\": [ { \"name\": \"i\", \"type\": \"Acme.Money\" } ] }", "'Acme.Money'")]
    public void Read_BadText_IsRefusedWithTheReason(string json, string part)
    {
        DefinitionReading reading = DefinitionReader.Read(json, Flows.Catalog);

        reading.Definition.Should().BeNull();
        reading.Refusals.Should().Contain(refusal => refusal.Message.Contains(part));
    }

    private static Gen<(string Name, string Value)[]> Fields() =>
        (from name in ArbMap.Default.GeneratorFor<NonEmptyString>()
         from value in ArbMap.Default.GeneratorFor<NonEmptyString>()
         select (Clean(name.Get), Clean(value.Get))).ArrayOf();

    // What is no Unicode text, and U+0000, is refused at the door.
    private static string Clean(string text) => new([.. text.Where(letter => letter != '\0' && !char.IsSurrogate(letter))]);

    [Theory]
    [InlineData("""{ "inputs": { "Motive": { "displayName": { "zh-CN": "动机" }, "description": { "zh-CN": "为什么", "en": "why" } } } }""", "动机", "why", "为什么")]
    [InlineData("""{ "inputs": { "Motive": { "displayName": { "en": "Reason" } } } }""", "Motive, plainly", "as Elsa has it", "as Elsa has it")]
    [InlineData("""{ "inputs": { "Motive": { "displayName": "动机", "description": [1] }, "Other": {} } }""", "Motive, plainly", "as Elsa has it", "as Elsa has it")]
    [InlineData("""{ "inputs": [ "Motive" ] }""", "Motive, plainly", "as Elsa has it", "as Elsa has it")]
    [InlineData("7", "Motive, plainly", "as Elsa has it", "as Elsa has it")]
    public void Read_InputsNamedInBothLanguages_TakesElsasTextWhereALanguageIsMissing(string custom, string chinese, string description, string chineseDescription)
    {
        WorkflowDefinition read = Flows.Read($$"""
            { "definitionId": "a", "customProperties": {{custom}}, "root": { "id": "S", "type": "Elsa.Sequence", "activities": [] },
              "inputs": [ { "name": "Motive", "type": "String", "displayName": "Motive, plainly", "description": "as Elsa has it" }, { "name": "Bare", "type": "String" } ] }
            """);

        read.Inputs[0].Called.ZhCn.Should().Be(chinese);
        read.Inputs[0].Description.Should().Be(new LocalizedText(description, chineseDescription));
        read.Inputs[1].Called.Should().Be(new LocalizedText("Bare", "Bare"));
        read.Inputs[1].Description.Should().BeNull();
    }

    [Fact]
    public void Read_ContainersNestedDeep_AreReadAndRefusedWithTheirPlaceBeyondTheLimit()
    {
        Flows.Of(Nested(200)).Root.SelfAndDescendants().Should().HaveCount(201);

        DefinitionReader.Read($$"""{ "definitionId": "d", "root": {{Nested(300)}} }""", Flows.Catalog).Refusals.Should().ContainSingle(fault => fault.Message.Contains("depth"));
    }

    private static string Nested(int depth) => depth == 0
        ? """{ "id": "leaf", "type": "Elsa.Start" }"""
        : $$"""{ "id": "s{{depth}}", "type": "Elsa.Sequence", "activities": [ {{Nested(depth - 1)}} ] }""";
}
