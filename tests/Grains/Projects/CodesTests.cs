using Agency.Projects.Codes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Agency.Tests.Grains.Projects;

public sealed class CodesTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    [Theory]
    [InlineData("2105-320506-89-01-123456", true, false)]
    [InlineData("2612-511302-04-99-000001", true, false)]
    [InlineData("2019-511302-47-03-000123", false, true)]
    [InlineData("2026-511302-47-01-000123", false, true)]
    [InlineData("2011-511302-47-01-000123", true, true)]
    public void Both_forms_of_the_project_code_are_accepted_and_kept_as_written(string text, bool isNew, bool isOld)
    {
        Assert.True(ProjectCode.TryParse(text, out var code));
        Assert.Equal((text, isNew, isOld), (code.Value, code.IsNewForm, code.IsOldForm));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2113-511302-47-01-000123")]
    [InlineData("2100-511302-47-01-000123")]
    [InlineData("2026-511302-47-04-000123")]
    [InlineData("2026-511302-47-00-000123")]
    [InlineData("1999-511302-47-01-000123")]
    [InlineData("2026-51130-47-01-000123")]
    [InlineData("2026-511302-4A-01-000123")]
    [InlineData("2026-511302-47-01-00012")]
    [InlineData("2026-511302-47-01-000123\n")]
    [InlineData(" 2026-511302-47-01-000123")]
    [InlineData("\uFF12026-511302-47-01-000123")]
    [InlineData("20265113024701000123")]
    public void What_is_of_neither_form_is_refused(string? text) => Assert.False(ProjectCode.TryParse(text, out _));

    [Theory]
    [InlineData("91350100M000100Y43")]
    [InlineData("914403001922038216")]
    [InlineData("91330100799655058B")]
    [InlineData("91440300708461136T")]
    [InlineData("91511302MA62900AX9")]
    [InlineData("91511303MA6290BK3Y")]
    [InlineData("12511300451234567R")]
    [InlineData("115113000084801111")]
    public void Credit_codes_with_their_check_character_are_accepted(string text)
    {
        Assert.True(CreditCode.TryParse(text, out var code));
        Assert.Equal(text, code.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("91350100M0001TGQXM")]
    [InlineData("91511302ma62900ax9")]
    [InlineData("91511302MA62900AX")]
    [InlineData("91511302MA62900AX99")]
    [InlineData("9I511302MA62900AX9")]
    public void Others_are_refused(string? text) => Assert.False(CreditCode.TryParse(text, out _));

    [Property(Arbitrary = [typeof(Codes)], MaxTest = 1000)]
    public bool A_single_wrong_character_is_always_found(Corruption corruption) =>
        CreditCode.TryParse(corruption.Code, out _) && !CreditCode.TryParse(corruption.Wrong, out _);

    public sealed record Corruption(string Code, string Wrong);

    public static class Codes
    {
        public static Arbitrary<Corruption> Corruptions() =>
            (from characters in Gen.ArrayOf(Gen.Elements(Alphabet.ToCharArray()), 17)
             from at in Gen.Choose(0, 17)
             from wrong in Gen.Elements((Alphabet + "IOSVZ az-").ToCharArray())
             let code = Checked(new(characters))
             where code[at] != wrong
             select new Corruption(code, $"{code[..at]}{wrong}{code[(at + 1)..]}")).ToArbitrary();

        // The check character by trial: the one of thirty-one that makes the weighted sum vanish.
        private static string Checked(string characters) => Alphabet.Select(c => characters + c).Single(code =>
            code.Select((c, i) => Alphabet.IndexOf(c, StringComparison.Ordinal) * (int)(System.Numerics.BigInteger.Pow(3, i == 17 ? 0 : i) % 31)).Sum() % 31 == 0);
    }
}
