using EngagementFlows.Engagements.Clients;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engagements.Tests.Clients;

public sealed class CsvReaderTests
{
    [Fact]
    public void Read_QuotedFields_KeepsCommasQuotesAndLineBreaks()
    {
        List<ImportFault> faults = [];

        IReadOnlyList<CsvRecord> records = CsvReader.Read("a,\"b, \"\"c\"\"\nd\",\r\n\r\n1,2,3", faults);

        faults.Should().BeEmpty();
        records.Should().HaveCount(2);
        records[0].Fields.Should().Equal("a", "b, \"c\"\nd", "");
        records[1].Line.Should().Be(4);
        records[1].Fields.Should().Equal("1", "2", "3");
    }

    [Fact]
    public void Read_CommaAtTheVeryEnd_AddsAnEmptyField()
    {
        List<ImportFault> faults = [];

        CsvReader.Read("a,", faults).Single().Fields.Should().Equal("a", "");
    }

    [Theory]
    [InlineData("a\nb,\"open\nstill", 2, "never closed")]
    [InlineData("a\n\"b\"c", 2, "follows a closing quotation mark")]
    [InlineData("a\nb\"c", 2, "does not begin with one")]
    public void Read_BrokenQuoting_NamesTheLineAndTheWayOut(string text, int line, string words)
    {
        List<ImportFault> faults = [];

        CsvReader.Read(text, faults);

        faults.Should().ContainSingle().Which.Line.Should().Be(line);
        faults[0].Message.Should().Contain(words);
    }

    [Fact]
    public void Read_WhateverWasWritten_ComesBack()
    {
        char[] marks = [',', '"', '\n', '\r', 'a', '中', ' '];
        Gen<string> field = Gen.Elements(marks).ArrayOf().Select(units => new string(units));
        Arbitrary<string[]> records = Arb.From(field.NonEmptyListOf().Select(fields => fields.ToArray()));

        Prop.ForAll(records, fields =>
        {
            string text = string.Join(",", fields.Select(value => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n";
            List<ImportFault> faults = [];
            IReadOnlyList<CsvRecord> read = CsvReader.Read(text, faults);
            return faults.Count == 0 && (fields is [""] ? read.Count == 0 : read.Single().Fields.SequenceEqual(fields));
        }).QuickCheckThrowOnFailure();
    }
}
