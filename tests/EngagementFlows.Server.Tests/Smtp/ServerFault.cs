namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>What the mail server does wrong.</summary>
public enum ServerFault
{
    HangUp,
    Reset,

    /// <summary>Answers as it should and hangs up.</summary>
    HangUpAfter,
    Say421,
    Say4xx,
    Say5xx,
    Say1xx,

    /// <summary>Says nothing until the client has lost patience.</summary>
    Silence,

    /// <summary>Sends one byte of its answer at a time, each just before a time-out by the byte would end.</summary>
    Drip,
    Garbage,
    EndlessLine,
    EndlessAnswer,

    /// <summary>Changes the code within an answer.</summary>
    TwoCodes,

    /// <summary>Sends a part of the right answer and hangs up.</summary>
    HalfLine,

    /// <summary>Sends the right answer twice.</summary>
    Twice,
}
