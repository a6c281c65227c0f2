namespace EngagementFlows.Engine.Expressions;

/// <summary>Says that an expression could not be evaluated or its value not be used.</summary>
internal sealed class EvaluationException : Exception
{
    public EvaluationException(string message)
        : base(message)
    {
    }

    public EvaluationException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>Gets the expression's text.</summary>
    public string? Expression { get; init; }

    /// <summary>Gets the line in it, from 1; 0 if unknown.</summary>
    public int Line { get; init; }

    /// <summary>Gets the value found.</summary>
    public object? FoundValue { get; init; }

    /// <summary>Returns the first one in a chain of causes that knows its expression or value.</summary>
    public static EvaluationException? In(Exception? failure)
    {
        EvaluationException? found = null;
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is EvaluationException evaluation && (evaluation.Expression is not null || evaluation.FoundValue is not null))
                found ??= evaluation;
        }

        return found;
    }
}
