using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engagements.Lint;

/// <summary>What the text of a definition says about its activities, as the rules need it. Pure.</summary>
internal static class FlowFacts
{
    private const string Ours = "EngagementFlows.";

    /// <summary>Tells whether an activity writes to a client or asks him.</summary>
    public static bool FacesClient(ActivityNode node) => node.TypeName switch
    {
        Ours + "AskClient" or Ours + "SendClientMail" or Ours + "OfferStandingLink" => true,
        Ours + "ScheduleMeeting" => Constant(node, "audience") != "internal",
        _ => false,
    };

    /// <summary>Tells whether an activity sends a client a mail when it begins.</summary>
    public static bool MailsClient(ActivityNode node) =>
        FacesClient(node) ? !Is(node, "OfferStandingLink") : node.TypeName is Ours + "MoveMeeting" or Ours + "CancelMeeting";

    /// <summary>Tells whether an activity asks members of staff and goes on with what they choose.</summary>
    public static bool AsksStaff(ActivityNode node) => node.TypeName is Ours + "AssignTask" or Ours + "RequestApproval" or Ours + "CollectMinutes";

    /// <summary>Tells whether an activity asks the third reader of a personnel file at every run.</summary>
    public static bool AsksThird(ActivityNode node) =>
        AsksStaff(node) && AssigneeExpression.TryParse(Constant(node, "assignee") ?? "", out AssigneeExpression? assignee) && assignee!.Kind == AssigneeKind.Third;

    /// <summary>Tells whether an activity waits for its time alone.</summary>
    public static bool IsTimer(ActivityNode node) => IsElapsedTimer(node) || node.TypeName is Ours + "WaitWorkingTime" or Ours + "WaitForRecurrence";

    /// <summary>Tells whether an activity waits by a clock that knows no working time.</summary>
    public static bool IsElapsedTimer(ActivityNode node) => node.TypeName is "Elsa.Delay" or "Elsa.Timer" or "Elsa.Cron" or "Elsa.StartAt";

    /// <summary>Tells whether an activity may wait.</summary>
    public static bool Waits(ActivityNode node) => IsTimer(node) || AsksStaff(node) || node.Activity is { Descriptor.WaitsUnbounded: true } || node.TypeName is Ours + "AskClient" or Ours + "ScheduleMeeting";

    /// <summary>Tells whether an activity is of any type of ours; all of them need an engagement.</summary>
    public static bool IsOurs(ActivityNode node) => node.TypeName.StartsWith(Ours, StringComparison.Ordinal);

    /// <summary>Tells whether an activity is of a type of ours.</summary>
    public static bool Is(ActivityNode node, string name) => node.TypeName == Ours + name;

    /// <summary>Tells whether an input is set to something.</summary>
    public static bool IsSet(ActivityNode node, string input) => !ConstantValue.TryRead(node.Input(input), out object? value) || !IsBlank(value);

    /// <summary>Returns what an input holds at every run, as text; <see langword="null"/> if that is nothing, or only known when the flow runs.</summary>
    public static string? Constant(ActivityNode node, string input) => ConstantValue.TryRead(node.Input(input), out object? value) && !IsBlank(value)
        ? Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)?.Trim()
        : null;

    /// <summary>Returns the truth value that an input holds at every run; what is left out is <paramref name="otherwise"/>; <see langword="null"/> if it is only known when the flow runs.</summary>
    public static bool? Flag(ActivityNode node, string input, bool otherwise) =>
        !IsSet(node, input) ? otherwise : bool.TryParse(Constant(node, input), out bool flag) ? flag : null;

    /// <summary>Returns what people call an activity.</summary>
    public static string NameOf(ActivityNode node, string language) => node.DisplayName?.In(language) ?? node.Id;

    /// <summary>Returns the variables that are in scope somewhere in the definition.</summary>
    public static IEnumerable<VariableDeclaration> Variables(WorkflowDefinition definition) =>
        definition.Variables.Concat(definition.Root.SelfAndDescendants().SelectMany(node => node.Variables));

    private static bool IsBlank(object? value) => value is null || (value is string text && string.IsNullOrWhiteSpace(text));
}
