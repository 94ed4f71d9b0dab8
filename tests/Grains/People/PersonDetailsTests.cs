using Agency.People;

namespace Agency.Tests.Grains.People;

public sealed class PersonDetailsTests
{
    [Theory]
    [InlineData("13800001234", "138****1234")]
    [InlineData("0817-2222222", "081****2222")]
    [InlineData("+86 138 0000 1234", "+86****1234")]
    [InlineData("222-1234", "****")]
    [InlineData("0817 22222", "****")]
    [InlineData("12345", "****")]
    [InlineData("2222222", "****")]
    [InlineData(null, null)]
    public void A_masked_phone_shows_its_ends_where_four_digits_stay_hidden(string? phone, string? masked) =>
        Assert.Equal(masked, new PersonDetails("李", phone, null).Masked().Phone);

    [Theory]
    [InlineData("anna@example.cn", "a***@example.cn")]
    [InlineData("a@example.cn", "a***@example.cn")]
    [InlineData(null, null)]
    public void A_masked_mail_address_shows_its_first_letter_and_where_it_is(string? mail, string? masked) =>
        Assert.Equal(masked, new PersonDetails("李", null, mail).Masked().Mail);

    [Theory]
    [InlineData(Role.Office, "ada", true)]
    [InlineData(Role.Administrator, "ada", true)]
    [InlineData(Role.Manager, "li", true)]
    [InlineData(Role.Manager, "ada", false)]
    [InlineData(Role.Leadership, "ada", false)]
    [InlineData(Role.Owner, "ada", false)]
    public void Office_administrator_and_the_person_itself_see_all(Role role, string actor, bool all) =>
        Assert.Equal(all, PersonDetails.IsOpenTo(new(actor, role), "li"));

    [Theory]
    [InlineData("李", "13800001234", "li@example.cn", "")]
    [InlineData("李", "+86 138 0000 1234", null, "")]
    [InlineData("李", "(0817) 2222222", null, "")]
    [InlineData(" ", null, null, "/name")]
    [InlineData("李\n", "138-", "a@b@c", "/name /phone /mail")]
    [InlineData("李", "电话13800001234", "li", "/phone /mail")]
    [InlineData("李", "", "", "/phone /mail")]
    public void What_cannot_be_is_named_member_by_member(string name, string? phone, string? mail, string at) =>
        Assert.Equal(at, string.Join(' ', new PersonDetails(name, phone, mail).Check().Select(f => f.At)));

    [Fact]
    public void Written_down_by_mistake_it_says_nothing() =>
        Assert.DoesNotContain("李", $"{new PersonView("li", 1, new("李", "13800001234", null), Masked: false)}", StringComparison.Ordinal);
}
