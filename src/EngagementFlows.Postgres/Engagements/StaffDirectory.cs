using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Tasks;

namespace EngagementFlows.Postgres.Engagements;

/// <summary>Finds the people that flows mean. Pure: works on the staff as it was read.</summary>
internal sealed class StaffDirectory(IReadOnlyList<Person> staff, string? escalationLastRung)
{
    /// <summary>Returns who does a task.</summary>
    /// <exception cref="MendableEffectException">The address is not that of an active member of staff, or the engagement is closed to whom it means.</exception>
    public TaskHolder Holder(AssigneeExpression assignee, EngagementSnapshot engagement) => AmongReaders(Meant(assignee, engagement), $"'{assignee}'", engagement);

    private TaskHolder Meant(AssigneeExpression assignee, EngagementSnapshot engagement) => assignee.Kind switch
    {
        AssigneeKind.Owner => engagement.Owner.IsActive ? new(engagement.Owner.Id, null) : new(null, StaffRoles.AccountManager),
        AssigneeKind.Architect => engagement.Architect is { IsActive: true } architect ? new(architect.Id, null) : new(null, StaffRoles.Architect),
        AssigneeKind.Third => engagement.Internal?.Third is { IsActive: true } third
            ? new(third.Id, null)
            : throw new MendableEffectException("'third' means the third person of a personnel file, and this engagement has none who is active. Name one in the file, or write another assignee, and retry."),
        AssigneeKind.Role => new(null, assignee.Name),
        AssigneeKind.Person => Find(assignee.Name) is { IsActive: true } person
            ? new(person.Id, null)
            : throw new MendableEffectException($"'{assignee.Name}' is not the address of an active member of staff. Correct the assignee, or add the person, and retry."),
        _ => throw new InvalidOperationException($"EngagementFlows bug: assignee kind '{assignee.Kind}' means nobody."),
    };

    /// <summary>Returns who decides: the approver, or everybody with the architect's role where the approver would decide about his own request.</summary>
    public TaskHolder Approver(AssigneeExpression approver, EngagementSnapshot engagement, Guid? requestedBy)
    {
        TaskHolder holder = Holder(approver, engagement);
        return holder.PersonId is { } person && person == requestedBy
            ? AmongReaders(new(null, StaffRoles.Architect), "Nobody decides about his own request, and everybody who is an architect", engagement)
            : holder;
    }

    /// <summary>Returns the next rung of the ladder: owner → architect → the last rung, or all administrators where none is named. The ladder of a personnel file ends with its third person.</summary>
    public TaskHolder NextRung(TaskHolder assignee, EngagementSnapshot engagement)
    {
        if (IsClosed(engagement))
            return RungAbove(assignee, engagement) is { } above ? new(above.Id, null) : assignee;
        bool isOwner = assignee.PersonId == engagement.Owner.Id || assignee.Role == StaffRoles.AccountManager;
        if (isOwner && engagement.Architect?.Id != engagement.Owner.Id)
            return Holder(new(AssigneeKind.Architect, ""), engagement);
        return escalationLastRung is not null && Find(escalationLastRung) is { IsActive: true } last && last.Id != assignee.PersonId
            ? new(last.Id, null)
            : new(null, StaffRoles.Administrator);
    }

    /// <summary>Returns the person on the rung above: owner → architect → the last rung; <see langword="null"/> if the holder stands on the last. Whoever stands on two rungs is one.</summary>
    public Person? RungAbove(TaskHolder holder, EngagementSnapshot engagement)
    {
        Person? last = IsClosed(engagement) ? engagement.Internal!.Third is { IsActive: true } third ? third : null : escalationLastRung is not null && Find(escalationLastRung) is { IsActive: true } named
            ? named
            : staff.FirstOrDefault(person => person.IsActive && person.Is(StaffRoles.Administrator));
        Person?[] ladder = [IsClosed(engagement) && !engagement.Owner.IsActive ? null : engagement.Owner, engagement.Architect is { IsActive: true } architect ? architect : null, last];
        int at = Array.FindLastIndex(ladder, person => person is not null && person.Id == holder.PersonId);
        return Array.Find(ladder[(at + 1)..], person => person is not null);
    }

    /// <summary>Returns the member of staff with that address, or <see langword="null"/>.</summary>
    public Person? Find(string email) => staff.FirstOrDefault(person => person.Email.Equals(email, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns whom mails about a task go to; the administrators where nobody holds it, and its other readers where the engagement is closed.</summary>
    public IReadOnlyList<Person> People(TaskHolder holder, EngagementSnapshot engagement) =>
        OrOthers(engagement, [.. staff.Where(person => person.IsActive && (person.Id == holder.PersonId || (holder.Role is { } role && person.Is(role))))]);

    /// <summary>Returns everybody who may do the task now, whoever it was escalated to included; where nobody may, whoever <see cref="People"/> names then.</summary>
    public IReadOnlyList<Person> HoldersOf(HumanTask task, EngagementSnapshot engagement) => OrOthers(engagement, [.. staff.Where(person => TaskDecision.IsHeldBy(task, person))]);

    /// <summary>Returns the holder's name as people read it.</summary>
    public (string En, string ZhCn) NameOf(TaskHolder holder)
    {
        if (holder.Role is { } role)
            return (StaffRoles.NameOf(role).En, StaffRoles.NameOf(role).ZhCn);
        string name = staff.FirstOrDefault(person => person.Id == holder.PersonId)?.Name ?? "?";
        return (name, name);
    }

    /// <summary>Refuses whoever must not be shown anything of the engagement.</summary>
    /// <exception cref="MendableEffectException">It is closed to him, or it is meant for a role, which others have as well.</exception>
    public static TaskHolder AmongReaders(TaskHolder holder, string named, EngagementSnapshot engagement) =>
        !IsClosed(engagement) || (holder.PersonId is { } person && engagement.IsOpenTo(person))
            ? holder
            : throw new MendableEffectException($"{named} means people who must not read this engagement: it is open to its readers alone. Write owner, architect or third, name one of its readers who is active, or change the readers, and retry.");

    private static bool IsClosed(EngagementSnapshot engagement) => engagement.Internal?.Readers is not null;

    // What is closed reaches nobody else, not even when its own people have left.
    private Person[] OrOthers(EngagementSnapshot engagement, Person[] people)
    {
        Person[] open = [.. people.Where(person => engagement.IsOpenTo(person.Id))];
        if (open.Length > 0)
            return open;
        return [.. staff.Where(person => person.IsActive && (IsClosed(engagement) ? engagement.IsOpenTo(person.Id) : person.Is(StaffRoles.Administrator)))];
    }
}
