using System.Globalization;
using System.Runtime.CompilerServices;
using EngagementFlows.Scripts.JavaScript.Dates;

namespace EngagementFlows.Scripts.Tests.JavaScript.Dates;

/// <summary>Compares with what Node's dates say in several zones (<c>record-dates.mjs</c>).</summary>
public sealed class DateTests
{
    [Theory]
    [InlineData("local")]
    [InlineData("text")]
    [InlineData("iso")]
    [InlineData("make")]
    [InlineData("parse")]
    public void Dates_Recorded_AreThoseOfNode(string kind)
    {
        List<string> differences = [];
        int count = 0;
        foreach (string line in File.ReadLines(Path.Combine(Folder(), "dates.tsv")))
        {
            string[] fields = line.Split('\t');
            if (fields[1] != kind)
                continue;
            count++;
            TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(fields[0]);
            string actual = string.Join('\t', fields[..2].Concat(Compute(kind, fields, zone)));
            if (actual != line)
                differences.Add($"expected {line}\n     got {actual}");
        }

        count.Should().BeGreaterThan(50);
        string.Join("\n", differences).Should().BeEmpty();
    }

    private static IEnumerable<string> Compute(string kind, string[] fields, TimeZoneInfo zone)
    {
        switch (kind)
        {
            case "local":
                double local = DateMath.LocalTime(Number(fields[2]), zone);
                (int year, int month, int date) = DateMath.Civil(local);
                return [fields[2], Text(year), Text(month), Text(date), Text(DateMath.Hour(local)), Text(DateMath.Minute(local)), Text(DateMath.WeekDay(local))];
            case "text":
                return [fields[2], DateText.Full(Number(fields[2]), zone)];
            case "iso":
                return [fields[2], DateText.Iso(Number(fields[2])), DateText.Utc(Number(fields[2])), DateText.Date(Number(fields[2]), zone)];
            case "make":
                double made = DateMath.MakeDate(DateMath.MakeDay(Number(fields[2]), Number(fields[3]), Number(fields[4])), DateMath.MakeTime(Number(fields[5]), Number(fields[6]), 0, 0));
                return [.. fields[2..7], Text(DateMath.TimeClip(DateMath.Utc(made, zone)))];
            default:
                return [fields[2], Text(DateParser.Parse(fields[2], zone))];
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(double number) => double.IsNaN(number) ? "NaN" : number.ToString("0", CultureInfo.InvariantCulture);

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
