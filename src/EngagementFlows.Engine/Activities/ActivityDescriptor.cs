namespace EngagementFlows.Engine.Activities;

/// <summary>Describes an activity type to the engine, the validator and the designer.</summary>
public sealed record ActivityDescriptor
{
    /// <summary>Gets the type name, <c>Elsa.WriteLine</c> or <c>EngagementFlows.AskClient</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>Gets the version of the type.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Gets the category under which the designer lists it.</summary>
    public required LocalizedText Category { get; init; }

    /// <summary>Gets the name that people read.</summary>
    public required LocalizedText DisplayName { get; init; }

    /// <summary>Gets what it does, in a sentence.</summary>
    public required LocalizedText Description { get; init; }

    /// <summary>Gets the inputs, in the order in which they are evaluated.</summary>
    public IReadOnlyList<InputDescriptor> Inputs { get; init; } = [];

    /// <summary>Gets the outputs.</summary>
    public IReadOnlyList<OutputDescriptor> Outputs { get; init; } = [];

    /// <summary>Gets the outcomes that connections may follow; just Done unless said otherwise.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = ["Done"];

    /// <summary>Gets whether outcomes are decided by the node's own properties or script (switches, forks, RunJavaScript): any port is then allowed.</summary>
    public bool HasDynamicOutcomes { get; init; }

    /// <summary>Gets <c>Action</c>, <c>Trigger</c> or <c>Task</c>.</summary>
    public string Kind { get; init; } = "Action";

    /// <summary>Gets whether it only marks where a flow begins: nothing leads to it.</summary>
    public bool IsStart { get; init; }

    /// <summary>Gets whether its completion ends the enclosing flow (End, Finish, Break, Complete).</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Gets whether the designer offers it; those that it cannot draw with still run in definitions from elsewhere.</summary>
    public bool IsOffered { get; init; } = true;

    /// <summary>Gets the properties that hold child activities (<c>body</c>, <c>then</c>, <c>activities</c> …).</summary>
    public IReadOnlyList<string> ChildProperties { get; init; } = [];

    /// <summary>Gets whether it can wait without any way to end by itself (a warning at publication).</summary>
    public bool WaitsUnbounded { get; init; }

    /// <summary>Gets how often a failed execution is retried by itself, with back-off; 0 = never. Only for activities whose failure leaves no effect.</summary>
    public int AutomaticRetries { get; init; }
}

/// <summary>Describes an input.</summary>
/// <param name="Name">Property name in camel case, as in the JSON.</param>
/// <param name="TypeName">Alias of SEMANTICS' type list: <c>String</c>, <c>Int32</c>, <c>Object</c>, <c>TimeSpan</c>, <c>String[]</c> …</param>
/// <param name="DisplayName">The name that people read.</param>
/// <param name="Description">What it is for, with unit and default.</param>
public sealed record InputDescriptor(string Name, string TypeName, LocalizedText DisplayName, LocalizedText Description)
{
    /// <summary>Gets whether a definition that leaves it out has a fault.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Gets the value of an input that is not set; a plain value.</summary>
    public object? DefaultValue { get; init; }

    /// <summary>Gets whether the runner evaluates it; plain ones are read from the node, late ones by the activity itself.</summary>
    public bool IsEvaluated { get; init; } = true;

    /// <summary>Gets whether the designer shows it; what has no effect here is only kept in definitions from elsewhere.</summary>
    public bool IsOffered { get; init; } = true;

    /// <summary>Gets whether definitions write it as an expression; a plain one stands as its bare value (the cases of a switch, the variable that is set).</summary>
    public bool IsExpression { get; init; } = true;

    /// <summary>Gets the editor that the designer shows (<c>single-line</c>, <c>multi-line</c>, <c>multi-text</c>, <c>checkbox</c>, <c>check-list</c>, <c>dropdown</c>, <c>code-editor</c>, <c>json-editor</c> …).</summary>
    public string UIHint { get; init; } = "single-line";

    /// <summary>Gets the allowed values, or <see langword="null"/> if any.</summary>
    public IReadOnlyList<string>? Options { get; init; }

    /// <summary>Gets what people call one of <see cref="Options"/>; <see langword="null"/> if each is its own name.</summary>
    public Func<string, LocalizedText>? NameOfOption { get; init; }

    /// <summary>Gets the list of the host's from which the designer offers values beside which others are allowed (the host knows its lists); <see langword="null"/> if there is none.</summary>
    public string? OfferedFrom { get; init; }

    /// <summary>Gets what is wrong with a text that stands literally in a definition, as a sentence, or <see langword="null"/>: told before anything is published. What an expression yields the activity checks itself.</summary>
    public Func<string, string?>? FaultOfLiteral { get; init; }
}

/// <summary>Describes an output.</summary>
/// <param name="Name">Property name in camel case.</param>
/// <param name="TypeName">Alias of the type.</param>
/// <param name="DisplayName">The name that people read.</param>
/// <param name="Description">What it holds.</param>
public sealed record OutputDescriptor(string Name, string TypeName, LocalizedText DisplayName, LocalizedText Description);
