using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Tests;

public sealed class ActivityDescriptorTests
{
    public static TheoryData<string> Types { get; } = [.. EngagementActivities.All.Select(activity => activity.Descriptor.TypeName)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Descriptor_EveryText_StandsInBothLanguages(string type)
    {
        ActivityDescriptor descriptor = new ActivityCatalog(EngagementActivities.All).Find(type)!.Descriptor;

        IEnumerable<LocalizedText> texts =
        [
            descriptor.Category, descriptor.DisplayName, descriptor.Description,
            .. descriptor.Inputs.SelectMany(input => new[] { input.DisplayName, input.Description }),
            .. descriptor.Outputs.SelectMany(output => new[] { output.DisplayName, output.Description }),
        ];

        texts.Should().OnlyContain(text => text.En.Length > 0 && text.ZhCn.Any(unit => unit >= 0x4E00) && text.En.All(unit => unit < 0x3000));
    }

    [Fact]
    public void Descriptor_InputsOfTimeSpans_SayTheirUnit() =>
        EngagementActivities.All.SelectMany(activity => activity.Descriptor.Inputs).Where(input => input.TypeName == "TimeSpan")
            .Should().OnlyContain(input => input.Description.En.Contains("days.hours:minutes:seconds", StringComparison.Ordinal));
}
