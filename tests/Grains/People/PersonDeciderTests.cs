using Agency.People;

namespace Agency.Tests.Grains.People;

public sealed class PersonDeciderTests
{
    private static readonly PersonDetails _details = new("李", null, null);

    [Theory]
    [InlineData("ada", false, null)]
    [InlineData("li", true, null)]
    [InlineData("ada", true, "person-not-found")]
    public void Who_has_its_own_alone_writes_down_itself_in_whatever_role(string actor, bool ownOnly, string? refusal)
    {
        foreach (var role in Enum.GetValues<Role>()) Assert.Equal(refusal, PersonDecider.Put("li", _details, new(actor, role) { OwnOnly = ownOnly })?.Code);
    }

    [Theory]
    [InlineData(Role.Administrator, "ada", null)]
    [InlineData(Role.Office, "ada", "role-not-allowed")]
    [InlineData(Role.Clerk, "li", "role-not-allowed")]
    public void The_administrator_alone_erases(Role role, string actor, string? refusal) => Assert.Equal(refusal, PersonDecider.Erase("li", new(actor, role))?.Code);

    [Fact]
    public void Nobody_has_what_is_no_id()
    {
        var administrator = new Actor("ada", Role.Administrator);
        Assert.Equal(("person-not-found", "l!"), (PersonDecider.Put("l!", _details, administrator)!.Code, PersonDecider.Put("l!", _details, administrator)!.Arguments["person"]));
        Assert.Equal("person-not-found", PersonDecider.Erase("l!", administrator)!.Code);
    }

    [Fact]
    public void What_cannot_be_is_named_only_to_who_may_write_it()
    {
        var wrong = new PersonDetails("", "x", null);
        Assert.Equal(["/name", "/phone"], PersonDecider.Put("li", wrong, new("ada", Role.Office))!.Faults.Select(f => f.At));
        Assert.Equal("person-not-found", PersonDecider.Put("li", wrong, new("ada", Role.Clerk))!.Code);
    }
}
