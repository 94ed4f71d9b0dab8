using System.Globalization;

namespace Agency.Demo.Portfolio;

/// <summary>Makes the projects of a portfolio, the same for the same seed and day: a function of seed, day, and what the city's flows ask.</summary>
/// <param name="seed">Another one makes another portfolio.</param>
/// <param name="day">The day up to which they are registered.</param>
/// <param name="calendar">The city's working days, from two years before <paramref name="day"/> on.</param>
/// <param name="flows">The flows by code; kinds of projects whose flow is not among them are left out.</param>
internal sealed class PortfolioMaker(int seed, DateOnly day, CityCalendar calendar, IReadOnlyDictionary<string, FlowAnswer> flows)
{
    /// <summary>Days before the last on which the first project is registered.</summary>
    public const int Days = 730;

    /// <summary>The most projects: their serial numbers have six digits.</summary>
    public const int MostProjects = 1_000_000;

    // Without a common divisor with the number of serial numbers, so that no two projects share one.
    private const long Stride = 61_803;

    private static readonly (Fate Value, int Weight)[] _fates =
    [
        (Fate.Usual, 75), (Fate.Late, 9), (Fate.Undecided, 4), (Fate.Neglected, 3), (Fate.Reviewed, 2), (Fate.Paused, 2), (Fate.Continued, 3), (Fate.Terminated, 2),
    ];

    private readonly Lot _portfolio = new Lot(0).Of($"portfolio {seed}");
    private readonly (Kind Value, int Weight)[] _kinds = [.. Kinds.All.Where(k => flows.ContainsKey(k.Value.Flow))];

    public DateOnly Day => day;

    public CityCalendar Calendar => calendar;

    public IReadOnlyDictionary<string, FlowAnswer> Flows => flows;

    /// <summary>The agents for the portfolio from its first project on.</summary>
    /// <param name="departments">Codes of all departments.</param>
    public Staff StaffOf(IReadOnlyList<Venture> ventures, IEnumerable<string> departments) => new(ventures, departments, day, _portfolio.Of("staff"));

    /// <summary>What makes the same portfolio by another day.</summary>
    public PortfolioMaker On(DateOnly other) => new(seed, other, calendar, flows);

    /// <summary>The project at a place of the portfolio, from 0; the first is registered <see cref="Days"/> before the last day, whatever day of the week that is.</summary>
    public Venture Of(int index)
    {
        var lot = _portfolio.Of($"project {index}");
        var (place, kind) = (lot.Weighted("place", Places.All), lot.Weighted("kind", _kinds));
        var registered = index == 0 ? day.AddDays(-Days) : Earlier(calendar.OnOrAfter(day.AddDays(-lot.Between("registered", 0, Days))), day);
        var authority = lot.Happens("authority", 0.6) ? "city" : "district";
        var investment = Investment(kind, lot);
        var answers = Questions.Answers(kind.Flow, flows[kind.Flow], lot.Of("questions"));
        var open = lot.Happens("open", 0.06) ? Questions.ToLeaveOpen(flows[kind.Flow], lot) : null;
        if (open is not null) answers.Remove(open);
        var (fate, on, continued) = FateOf(registered, lot);
        return new(
            index,
            Code(index, kind, place, registered),
            Names.Of(kind.Name, place, lot.Of("name")),
            kind.Flow,
            Names.Owner(kind.Owner, place, _portfolio, lot.Of("owner")),
            place.District,
            authority,
            $"{(authority == "city" ? "511300" : place.District)}-{kind.Lead}",
            kind.Level ?? (investment >= 100_000 && lot.Happens("level", 0.5) ? "provincial" : lot.Happens("municipal", 0.6) ? "municipal" : "encouraged"),
            kind.Cluster,
            investment,
            ConstructionDays(kind.Flow, investment, lot),
            answers,
            open,
            open is not null && lot.Happens("answered", 0.5) ? calendar.OnOrAfter(registered.AddDays(lot.Between("answered on", 30, 240))) : null,
            investment >= 60_000 && lot.Happens("works", 0.3) ? 2 : 1,
            registered,
            fate,
            on,
            continued,
            TempersOf(fate, lot),
            lot.Of("course"));
    }

    private string Code(int index, Kind kind, Place place, DateOnly registered)
    {
        var serial = ((index * Stride) + _portfolio.Between("serial", 0, MostProjects - 1)) % MostProjects;
        var (centre, type) = kind.Flow == "IND" ? ("07", "02") : ("04", "01");
        return string.Create(CultureInfo.InvariantCulture, $"{registered:yyMM}-{place.District}-{centre}-{type}-{serial:000000}");
    }

    // Rounded to a figure such as are published.
    private static int Investment(Kind kind, Lot lot)
    {
        var (from, to) = kind.Investment;
        var drawn = (int)(from * Math.Pow((double)to / from, lot.Between("investment", 0, 1000) / 1000.0));
        return drawn >= 10_000 ? drawn / 1000 * 1000 : drawn / 100 * 100;
    }

    private static int ConstructionDays(string flow, int investment, Lot lot) => flow switch
    {
        "SOC_SMALL" => lot.Between("construction", 60, 150),
        "RENO" => lot.Between("construction", 45, 120),
        _ => lot.Between("construction", 120, 240) + Math.Min(240, investment / 500),
    };

    private (Fate Fate, DateOnly On, DateOnly Continued) FateOf(DateOnly registered, Lot lot)
    {
        var (fate, life) = (lot.Weighted("fate", _fates), day.DayNumber - registered.DayNumber);
        if (life < 45 && fate != Fate.Late) fate = Fate.Usual;
        var on = fate is Fate.Undecided or Fate.Neglected or Fate.Reviewed
            ? day.AddDays(-Math.Min(lot.Between("stuck", 20, 110), life / 2))
            : registered.AddDays(life * lot.Between("fate on", 25, 85) / 100);
        on = calendar.OnOrAfter(on);
        return (fate, on, calendar.OnOrAfter(on.AddDays(lot.Between("continued", 30, 120))));
    }

    // Silence is left out of paused projects: their five days count otherwise than is foreseen here.
    private static Tempers TempersOf(Fate fate, Lot lot) => new(
        lot.One("pace", [0.6, 0.8, 1.0, 1.0, 1.3, 1.8]),
        lot.Between("slack", 3, 7),
        lot.One("care", [0.05, 0.1, 0.1, 0.2, 0.3]),
        0.06,
        0.04,
        0.03,
        fate is Fate.Paused or Fate.Continued ? 0 : 0.03,
        fate == Fate.Late ? 0.4 : 0.03);

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}
