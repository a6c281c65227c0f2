namespace EngagementFlows.Server.Staff.Starts;

/// <summary>How a form asks for an input.</summary>
internal enum InputShape
{
    /// <summary>A line of text, handed over as it was typed.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Truth,

    /// <summary>Anything else, written as JSON.</summary>
    Json,
}
