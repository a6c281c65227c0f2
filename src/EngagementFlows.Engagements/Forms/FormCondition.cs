using System.Globalization;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Forms;

/// <summary>A condition over answers, as SurveyJS writes it: <c>{budget} &gt; 100 and {kind} = 'new'</c>.</summary>
public abstract record FormCondition
{
    private FormCondition()
    {
    }

    /// <summary>Tells whether the condition holds for the answers given so far.</summary>
    public abstract bool Holds(PlainObject answers);

    /// <summary>Gets the questions that the condition names; one of the same row begins with <see cref="FormGroup.RowPrefix"/>.</summary>
    public IEnumerable<string> Questions => Comparisons.Select(comparison => comparison.Question);

    /// <summary>Gets the comparisons of which the condition is made.</summary>
    public abstract IEnumerable<Comparison> Comparisons { get; }

    /// <summary>Both sides hold.</summary>
    /// <param name="Left">One side.</param>
    /// <param name="Right">The other side.</param>
    public sealed record And(FormCondition Left, FormCondition Right) : FormCondition
    {
        /// <inheritdoc/>
        public override IEnumerable<Comparison> Comparisons => Left.Comparisons.Concat(Right.Comparisons);

        /// <inheritdoc/>
        public override bool Holds(PlainObject answers) => Left.Holds(answers) && Right.Holds(answers);
    }

    /// <summary>At least one side holds.</summary>
    /// <param name="Left">One side.</param>
    /// <param name="Right">The other side.</param>
    public sealed record Or(FormCondition Left, FormCondition Right) : FormCondition
    {
        /// <inheritdoc/>
        public override IEnumerable<Comparison> Comparisons => Left.Comparisons.Concat(Right.Comparisons);

        /// <inheritdoc/>
        public override bool Holds(PlainObject answers) => Left.Holds(answers) || Right.Holds(answers);
    }

    /// <summary>The inner condition does not hold.</summary>
    /// <param name="Inner">What must not hold.</param>
    public sealed record Not(FormCondition Inner) : FormCondition
    {
        /// <inheritdoc/>
        public override IEnumerable<Comparison> Comparisons => Inner.Comparisons;

        /// <inheritdoc/>
        public override bool Holds(PlainObject answers) => !Inner.Holds(answers);
    }

    /// <summary>Compares an answer with values.</summary>
    /// <param name="Question">The question.</param>
    /// <param name="Operator"><c>= &lt;&gt; &lt; &gt; &lt;= &gt;= empty notempty contains notcontains anyof</c>.</param>
    /// <param name="Values">What it is compared with; none for <c>empty</c> and <c>notempty</c>.</param>
    public sealed record Comparison(string Question, string Operator, IReadOnlyList<string> Values) : FormCondition
    {
        /// <inheritdoc/>
        public override IEnumerable<Comparison> Comparisons => [this];

        /// <inheritdoc/>
        public override bool Holds(PlainObject answers)
        {
            string[] given = Texts(answers[Question]);
            return Operator switch
            {
                "empty" => given.Length == 0,
                "notempty" => given.Length > 0,
                "=" => given.Length == 1 && Same(given[0], Values[0]),
                "<>" => !(given.Length == 1 && Same(given[0], Values[0])),
                "contains" => given.Any(text => Same(text, Values[0])) || (given.Length == 1 && given[0].Contains(Values[0], StringComparison.OrdinalIgnoreCase)),
                "notcontains" => !given.Any(text => Same(text, Values[0])),
                "anyof" => given.Any(text => Values.Any(value => Same(text, value))),
                "<" => Compare(given) is < 0,
                ">" => Compare(given) is > 0,
                "<=" => Compare(given) is <= 0,
                ">=" => Compare(given) is >= 0,
                _ => throw new InvalidOperationException($"EngagementFlows bug: operator '{Operator}' of a form condition has no meaning."),
            };
        }

        private int? Compare(string[] given)
        {
            if (given.Length != 1)
                return null;
            return Number(given[0]) is { } left && Number(Values[0]) is { } right
                ? left.CompareTo(right)
                : string.CompareOrdinal(given[0], Values[0]);
        }

        private static bool Same(string left, string right) =>
            Number(left) is { } one && Number(right) is { } other ? one == other : string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

        private static decimal? Number(string text) =>
            decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : null;

        private static string[] Texts(object? answer) => answer switch
        {
            null => [],
            string { Length: 0 } => [],
            PlainList list => [.. list.SelectMany(Texts)],
            // A row of a group: only whether there is one can be asked.
            PlainObject => [nameof(PlainObject)],
            bool flag => [flag ? "true" : "false"],
            object value => [Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""],
        };
    }
}
