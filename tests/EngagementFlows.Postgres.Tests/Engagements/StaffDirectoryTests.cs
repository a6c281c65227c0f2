using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Postgres.Engagements;

namespace EngagementFlows.Postgres.Tests.Engagements;

public sealed class StaffDirectoryTests
{
    private static readonly Person Owner = Person(1, StaffRoles.AccountManager);
    private static readonly Person Architect = Person(2, StaffRoles.Architect);
    private static readonly Person Boss = Person(3, StaffRoles.Administrator);

    [Fact]
    public void NextRung_FromOwner_ClimbsToArchitectThenToTheLastRung()
    {
        StaffDirectory staff = new([Owner, Architect, Boss], Boss.Email);
        EngagementSnapshot engagement = Snapshot(Architect);

        staff.NextRung(new(Owner.Id, null), engagement).Should().Be(new TaskHolder(Architect.Id, null));
        staff.NextRung(new(Architect.Id, null), engagement).Should().Be(new TaskHolder(Boss.Id, null));
        staff.NextRung(new(Boss.Id, null), engagement).Should().Be(new TaskHolder(null, StaffRoles.Administrator));
    }

    [Fact]
    public void NextRung_WithoutArchitectOrLastRung_GoesToRoles()
    {
        StaffDirectory staff = new([Owner, Boss], escalationLastRung: null);

        staff.NextRung(new(Owner.Id, null), Snapshot(null)).Should().Be(new TaskHolder(null, StaffRoles.Architect));
        staff.NextRung(new(null, StaffRoles.Architect), Snapshot(null)).Should().Be(new TaskHolder(null, StaffRoles.Administrator));
    }

    [Fact]
    public void Holder_OfSomebodyWhoLeft_IsTheRole()
    {
        StaffDirectory staff = new([Owner, Architect], null);

        staff.Holder(new(AssigneeKind.Architect, ""), Snapshot(Architect with { IsActive = false })).Should().Be(new TaskHolder(null, StaffRoles.Architect));
    }

    [Fact]
    public void Approver_WhoAskedHimself_IsReplacedByTheRole()
    {
        StaffDirectory staff = new([Owner, Architect], null);

        staff.Approver(new(AssigneeKind.Architect, ""), Snapshot(Architect), requestedBy: Architect.Id).Should().Be(new TaskHolder(null, StaffRoles.Architect));
    }

    [Fact]
    public void Holder_UnknownAddress_SaysWhatToDo()
    {
        StaffDirectory staff = new([Owner], null);

        Action find = () => staff.Holder(new(AssigneeKind.Person, "nobody@firm.example"), Snapshot(null));

        find.Should().Throw<MendableEffectException>().WithMessage("*'nobody@firm.example'*add the person*");
    }

    [Fact]
    public void People_OfARoleThatNobodyHas_AreTheAdministrators()
    {
        StaffDirectory staff = new([Owner, Boss], null);

        staff.People(new(null, StaffRoles.Architect), Snapshot(null)).Should().Equal(Boss);
    }

    [Fact]
    public void Holder_WhoMustNotReadAPersonnelFile_IsRefused()
    {
        Person stranger = Person(4, StaffRoles.Operator);
        StaffDirectory staff = new([Owner, Architect, Boss, stranger], stranger.Email);
        EngagementSnapshot file = File(Owner, Architect);

        staff.Holder(new(AssigneeKind.Third, ""), file).Should().Be(new TaskHolder(Boss.Id, null));
        staff.Holder(new(AssigneeKind.Person, Architect.Email), file).Should().Be(new TaskHolder(Architect.Id, null));
        foreach (AssigneeExpression outside in new[] { new(AssigneeKind.Person, stranger.Email), new AssigneeExpression(AssigneeKind.Role, StaffRoles.Architect) })
        {
            Action give = () => staff.Holder(outside, file);
            give.Should().Throw<MendableEffectException>().WithMessage($"'{outside}' means people who must not read this engagement*third*retry.");
        }

        Action third = () => staff.Holder(new(AssigneeKind.Third, ""), Snapshot(Architect));
        third.Should().Throw<MendableEffectException>().WithMessage("*'third'*personnel file*");
    }

    [Fact]
    public void Ladder_OfAPersonnelFile_EndsWithItsThirdPerson()
    {
        Person last = Person(4, StaffRoles.Administrator);
        StaffDirectory staff = new([Owner, Architect, Boss, last], last.Email);
        EngagementSnapshot file = File(Owner, Architect);

        staff.NextRung(new(Owner.Id, null), file).Should().Be(new TaskHolder(Architect.Id, null));
        staff.NextRung(new(Architect.Id, null), file).Should().Be(new TaskHolder(Boss.Id, null));
        staff.NextRung(new(Boss.Id, null), file).Should().Be(new TaskHolder(Boss.Id, null));
    }

    [Fact]
    public void People_OfAPersonnelFileWhoseOwnerLeft_AreItsOtherReaders()
    {
        Person gone = Owner with { IsActive = false };
        StaffDirectory staff = new([gone, Architect, Boss, Person(4, StaffRoles.Administrator)], null);

        staff.People(new(gone.Id, null), File(gone, Architect)).Should().BeEquivalentTo([Architect, Boss]);
    }

    private static EngagementSnapshot File(Person owner, Person reviewer) => Snapshot(reviewer) with
    {
        Owner = owner,
        Internal = new(InternalAffair.Personnel, Boss, [owner.Id, reviewer.Id, Boss.Id]),
    };

    private static Person Person(byte number, string role) =>
        new(new Guid(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number), $"Person {number}", $"p{number}@firm.example", [role], "en", "UTC");

    private static EngagementSnapshot Snapshot(Person? architect) => new(
        new(Guid.Empty, Guid.Empty, Guid.Empty, Owner.Id, architect?.Id, "intake", "Loft"),
        new(Guid.Empty, "C", "Client", null, 2),
        new(Guid.Empty, Guid.Empty, "Ann", "ann@a.example", null, "en", "UTC"),
        Owner,
        architect);
}
