using System.Diagnostics.CodeAnalysis;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail.Mime;

namespace EngagementFlows.Engagements.Tasks;

/// <summary>Whom a flow means with the text of an assignee input.</summary>
public enum AssigneeKind
{
    /// <summary>The engagement's owner.</summary>
    Owner,

    /// <summary>The engagement's architect; everybody with that role while the engagement has none.</summary>
    Architect,

    /// <summary>The third person of a personnel file, beside the one whom it is about and his reviewer.</summary>
    Third,

    /// <summary>Everybody with a role.</summary>
    Role,

    /// <summary>The member of staff with a mail address.</summary>
    Person,
}

/// <summary>An assignee as flows write it: <c>owner</c>, <c>architect</c>, <c>third</c>, <c>role:account-manager</c>, <c>person:li.wei@firm.example</c>.</summary>
/// <param name="Kind">Whom it means.</param>
/// <param name="Name">The role or the address; empty for owner, architect and third.</param>
public sealed record AssigneeExpression(AssigneeKind Kind, string Name)
{
    /// <summary>What may be written, for messages.</summary>
    public const string Rule = "Write owner, architect, role:<role> or person:<mail address>; for a personnel file also third.";

    /// <summary>Reads the text; returns whether it means somebody.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AssigneeExpression? assignee)
    {
        string trimmed = text.Trim();
        assignee = trimmed switch
        {
            "owner" => new(AssigneeKind.Owner, ""),
            "architect" => new(AssigneeKind.Architect, ""),
            "third" => new(AssigneeKind.Third, ""),
            _ when After(trimmed, "role:") is { } role && StaffRoles.IsKnown(role) => new(AssigneeKind.Role, role),
            // As people of the house are stored: the first administrator's address has no dot in its host.
            _ when After(trimmed, "person:") is { } email && Mailbox.Read(email, out _) is null => new(AssigneeKind.Person, email),
            _ => null,
        };
        return assignee is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        AssigneeKind.Owner => "owner",
        AssigneeKind.Architect => "architect",
        AssigneeKind.Third => "third",
        AssigneeKind.Role => $"role:{Name}",
        AssigneeKind.Person => $"person:{Name}",
        _ => throw new InvalidOperationException($"EngagementFlows bug: assignee kind '{Kind}' has no text."),
    };

    private static string? After(string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..].Trim() : null;
}
