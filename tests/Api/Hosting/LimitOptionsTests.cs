using System.ComponentModel.DataAnnotations;
using Agency.Api.Hosting;

namespace Agency.Tests.Api.Hosting;

public sealed class LimitOptionsTests
{
    [Fact]
    public void Every_limit_has_a_range_and_a_sentence_that_names_it()
    {
        Assert.Empty(Wrong(new()));
        foreach (var limit in typeof(LimitOptions).GetProperties())
        {
            foreach (var value in (int[])[0, int.MaxValue])
            {
                var options = new LimitOptions();
                limit.SetValue(options, value);
                Assert.Contains($"(Agency:Limits:{limit.Name})", Assert.Single(Wrong(options)), StringComparison.Ordinal);
            }
        }
    }

    private static List<string?> Wrong(LimitOptions options)
    {
        var errors = new List<ValidationResult>();
        Validator.TryValidateObject(options, new(options), errors, validateAllProperties: true);
        return errors.ConvertAll(e => e.ErrorMessage);
    }
}
