using Agency.People;

namespace Agency.Tests.Grains.People;

public sealed class PersonDeciderTests
{
    private static readonly PersonDetails _details = new("李", null, null);

    [Theory]
    [InlineData(Role.Office, "ada", null)]
    [InlineData(Role.Administrator, "ada", null)]
    [InlineData(Role.Clerk, "li", null)]
    [InlineData(Role.Clerk, "ada", "person-not-found")]
    [InlineData(Role.Leadership, "ada", "person-not-found")]
    public void Office_administrator_and_the_person_itself_write_it_down(Role role, string actor, string? refusal) =>
        Assert.Equal(refusal, PersonDecider.Put("li", _details, new(actor, role))?.Code);

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
