using System.Globalization;

namespace Agency.Demo.Month;

/// <summary>Which month is to be played.</summary>
/// <param name="From">Its first day.</param>
internal sealed record MonthOrder(int Projects, int Seed, DateOnly From, int Days = 31)
{
    private const int MostProjects = 1000;

    /// <exception cref="DemoException">It cannot be read.</exception>
    public static MonthOrder Read(string[] args, string usage)
    {
        var order = new MonthOrder(20, 1, new(2026, 9, 14));
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            order = args[i] switch
            {
                "--projects" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var projects) && projects is >= 1 and <= MostProjects => order with { Projects = projects },
                "--seed" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) => order with { Seed = seed },
                "--days" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 366 => order with { Days = days },
                "--from" when DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from) => order with { From = from },
                _ => throw new DemoException(usage),
            };
        }

        return order;
    }

    public Task Play(TextWriter output, CancellationToken cancellationToken) => new MonthPlay(this, output).Run(cancellationToken);
}
