using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EngagementFlows.Benchmarks;

/// <summary>Prints figures for people, or one JSON object a line for programs.</summary>
internal sealed class Report(TextWriter output, bool json)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public void Head()
    {
        if (!json)
            output.WriteLine($"{"name",-24}{"value",14}  {"unit",-12}{"ratio",8}  wanted");
    }

    public void Write(Figure figure)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { figure.Name, figure.Value, figure.Unit, figure.Ratio }, Options));
            return;
        }

        string ratio = figure.Ratio?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
        output.WriteLine($"{figure.Name,-24}{figure.Value.ToString("#,0.###", CultureInfo.InvariantCulture),14}  {figure.Unit,-12}{ratio,8}  {figure.Wanted}");
    }
}
