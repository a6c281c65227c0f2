using System.Globalization;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Languages;

namespace EngagementFlows.Server.Staff.Starts;

/// <summary>Reads what a person typed as the inputs that a flow declares.</summary>
internal static class StartInputs
{
    /// <summary>The greatest length of one input.</summary>
    public const int MostCharacters = 10_000;

    /// <summary>Returns the name of an input's field in the form.</summary>
    public static string FieldOf(InputDeclaration input) => $"in.{input.Name}";

    /// <summary>Returns how an input is asked for.</summary>
    public static InputShape ShapeOf(InputDeclaration input) => input.Type.IsList ? InputShape.Json : input.Type.Kind switch
    {
        DataKind.Boolean => InputShape.Truth,
        DataKind.Int16 or DataKind.Int32 or DataKind.Int64 or DataKind.Single or DataKind.Double or DataKind.Decimal => InputShape.Number,
        DataKind.Object or DataKind.Json or DataKind.JsonNode or DataKind.Dictionary => InputShape.Json,
        // Dates and the like are given as text, as every other caller gives them.
        _ => InputShape.Text,
    };

    /// <summary>Returns the inputs that were given; what was left empty is not among them.</summary>
    /// <param name="inputs">The inputs that the flow declares.</param>
    /// <param name="form">What was typed.</param>
    /// <param name="reader">Who is told of faults.</param>
    /// <param name="faults">Gets what is wrong, a sentence for each input.</param>
    public static PlainObject Read(IReadOnlyList<InputDeclaration> inputs, IFormCollection form, Reader reader, List<string> faults)
    {
        PlainObject read = new();
        foreach (InputDeclaration input in inputs)
        {
            string text = form[FieldOf(input)].ToString().ReplaceLineEndings("\n").Trim();
            if (text.Length == 0)
                continue;
            if (TextRule.FaultOfText(text, MostCharacters) is not null)
                faults.Add(reader.Say(StartTexts.TextFaulty, reader.Say(input.Called), MostCharacters));
            else if (ShapeOf(input) is var shape && TryRead(shape, text, out object? value))
                read[input.Name] = value;
            else
                faults.Add(reader.Say(shape == InputShape.Number ? StartTexts.NotNumber : StartTexts.NotJson, reader.Say(input.Called)));
        }

        return read;
    }

    private static bool TryRead(InputShape shape, string text, out object? value)
    {
        value = text;
        return shape switch
        {
            InputShape.Text => true,
            InputShape.Number => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && PlainJson.TryParse(text, out value),
            _ => PlainJson.TryParse(text, out value),
        };
    }
}
