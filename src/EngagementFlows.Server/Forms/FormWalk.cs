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
        [.. _validation.Faults.Where(fault => shown.Contains(fault.Question) && page.Questions.Any(question => question.Name == fault.Question))];

    /// <summary>Tells whether a page asks something that has not been shown yet: an answer on the same page made it visible.</summary>
    public bool HasUnseen(FormPage page, IReadOnlySet<string> shown) => QuestionsOf(page).Any(question => !shown.Contains(question.Name));

    /// <summary>Returns the first page with a fault, or <see langword="null"/>.</summary>
    public FormPage? FirstFaulty() =>
        Pages.FirstOrDefault(page => page.Questions.Any(question => _validation.Faults.Any(fault => fault.Question == question.Name)));

    /// <summary>Returns the questions on which others of the same page depend: a change of their answers may show or hide something.</summary>
    public IReadOnlySet<string> Deciding(FormPage page) =>
        page.Questions.SelectMany(question => question.VisibleIf).SelectMany(condition => condition.Questions).ToHashSet(StringComparer.Ordinal);
}
