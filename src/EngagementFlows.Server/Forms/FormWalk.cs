using EngagementFlows.Engagements.Forms;
using EngagementFlows.Scripts;

namespace EngagementFlows.Server.Forms;

/// <summary>Where somebody stands in a form of several pages; everything is decided by the answers, so that no page needs a script.</summary>
public sealed class FormWalk
{
    private readonly FormValidation _validation;

    /// <summary>Creates the walk for the answers given so far.</summary>
    public FormWalk(FormDefinition form, PlainObject given)
    {
        Form = form;
        Given = given;
        _validation = FormValidator.Validate(form, given);
        Pages = [.. form.Pages.Where(page => page.Questions.Any(IsVisible))];
    }

    public FormDefinition Form { get; }

    /// <summary>Gets the answers as they were typed.</summary>
    public PlainObject Given { get; }

    /// <summary>Gets the pages that ask something, given the answers so far.</summary>
    public IReadOnlyList<FormPage> Pages { get; }

    /// <summary>Gets the checked answers and all faults.</summary>
    public FormValidation Validation => _validation;

    /// <summary>Tells whether the answers so far make a question visible.</summary>
    public bool IsVisible(FormQuestion question) => question.VisibleIf.All(condition => condition.Holds(_validation.Answers));

    /// <summary>Returns the rows of a group as they were typed; before it was shown, as many empty ones as it begins with.</summary>
    public IReadOnlyList<PlainObject> RowsOf(FormQuestion group)
    {
        List<PlainObject> rows = Given[group.Name] is PlainList list ? [.. list.OfType<PlainObject>()] : [.. Enumerable.Range(0, group.Group!.First).Select(_ => new PlainObject())];
        while (rows.Count < group.Group!.Least)
            rows.Add(new());
        return rows;
    }

    /// <summary>Returns the questions that a row asks now.</summary>
    public IEnumerable<FormQuestion> QuestionsOf(FormQuestion group, PlainObject row)
    {
        PlainObject taken = FormValidator.ValidateRow(group.Group!, row, _validation.Answers).Answers;
        return group.Group!.Questions.Where(question => FormValidator.IsVisible(question, taken, _validation.Answers));
    }

    /// <summary>Returns the questions that a page asks now.</summary>
    public IEnumerable<FormQuestion> QuestionsOf(FormPage page) => page.Questions.Where(IsVisible);

    /// <summary>Returns the place of the page of that name among <see cref="Pages"/>; the first page if it asks nothing any more.</summary>
    public int PlaceOf(string? name)
    {
        for (int place = 0; place < Pages.Count; place++)
        {
            if (Pages[place].Name == name)
                return place;
        }

        return 0;
    }

    /// <summary>Returns the faults of a page's questions, of those that were shown before only.</summary>
    public IReadOnlyList<AnswerFault> FaultsOf(FormPage page, IReadOnlySet<string> shown) =>
        [.. _validation.Faults.Where(fault => WasShown(fault, shown) && page.Questions.Any(question => question.Name == NameOf(fault)))];

    /// <summary>Tells whether a page asks something that has not been shown yet: an answer on the same page made it visible.</summary>
    public bool HasUnseen(FormPage page, IReadOnlySet<string> shown) => QuestionsOf(page).Any(question =>
        !shown.Contains(question.Name) || (question.Group is not null && RowsOf(question).Where((row, place) => HasUnseen(question, row, place, shown)).Any()));

    /// <summary>Returns the first page with a fault, or <see langword="null"/>.</summary>
    public FormPage? FirstFaulty() =>
        Pages.FirstOrDefault(page => page.Questions.Any(question => _validation.Faults.Any(fault => NameOf(fault) == question.Name)));

    /// <summary>Returns the questions on which others of the same page depend: a change of their answers may show or hide something.</summary>
    public IReadOnlySet<string> Deciding(FormPage page) => Named(page.Questions.Concat(page.Questions.SelectMany(question => question.Group?.Questions ?? [])));

    /// <summary>Returns the questions on which others of the same row depend.</summary>
    public static IReadOnlySet<string> DecidingInRow(FormQuestion group) =>
        Named(group.Group!.Questions).Where(name => name.StartsWith(FormGroup.RowPrefix, StringComparison.Ordinal)).Select(name => name[FormGroup.RowPrefix.Length..]).ToHashSet(StringComparer.Ordinal);

    /// <summary>Returns the name of the page's question that a fault is about: the group's for a fault in a row.</summary>
    public static string NameOf(AnswerFault fault) => fault.Question.Split('.')[0];

    private static HashSet<string> Named(IEnumerable<FormQuestion> questions) =>
        questions.SelectMany(question => question.VisibleIf).SelectMany(condition => condition.Questions).ToHashSet(StringComparer.Ordinal);

    // A row's questions come with their group, but for those that appear only by an answer.
    private bool WasShown(AnswerFault fault, IReadOnlySet<string> shown) =>
        shown.Contains(fault.Question)
        || (fault.Question.Split('.') is [string name, _, string inRow] && shown.Contains(name)
            && Form.Questions.FirstOrDefault(question => question.Name == name)?.Group?.Questions.FirstOrDefault(question => question.Name == inRow) is not { VisibleIf.Count: > 0 });

    private bool HasUnseen(FormQuestion group, PlainObject row, int place, IReadOnlySet<string> shown) =>
        QuestionsOf(group, row).Any(question => question.VisibleIf.Count > 0 && !shown.Contains(FormPost.PathOf(group, place, question.Name)));
}
