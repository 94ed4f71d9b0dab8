namespace Agency.Demo.Portfolio;

/// <summary>An agent: somebody who gets projects through.</summary>
/// <param name="Leave">When it is away, and the agent who stands in for it.</param>
internal sealed record Helper(string Id, string Name, string Phone, string Department, string? District, string Rank, IReadOnlyList<string> Functions, int Capacity, Leave? Leave);

internal sealed record Leave(DateOnly From, DateOnly To, string Substitute);

/// <summary>The agents of the city: managers and clerks in each of its departments, and as many as it takes in those that lead projects.</summary>
internal sealed class Staff
{
    private const int ProjectsOfManager = 12;
    private const int ProjectsOfClerk = 20;

    // The windows' department, whose clerks act for owners.
    private const string Window = "ZWFW";
    private const string City = "511300";
    private const string Surnames = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕";
    private const string Given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文斌志鹏宇浩晨雪梅琳";

    private readonly Dictionary<string, Helper> _helpers = [];
    private readonly Dictionary<string, string> _managers = [];
    private readonly Dictionary<string, string> _clerks = [];

    /// <param name="ventures">The portfolio from its first project on: more of it change nothing for those before.</param>
    /// <param name="departments">Codes of all departments.</param>
    public Staff(IReadOnlyList<Venture> ventures, IEnumerable<string> departments, DateOnly day, Lot lot)
    {
        foreach (var department in departments.Where(d => d.StartsWith(City, StringComparison.Ordinal)))
        {
            Hire(department, "manager", 0, day, lot);
            Hire(department, "clerk", 0, day, lot);
        }

        foreach (var led in ventures.GroupBy(v => v.LeadDepartment))
        {
            foreach (var (i, venture) in led.Index()) _managers[venture.Code] = Hire(led.Key, "manager", i / ProjectsOfManager, day, lot);
        }

        foreach (var built in ventures.GroupBy(v => v.District))
        {
            foreach (var (i, venture) in built.Index()) _clerks[venture.Code] = Hire($"{built.Key}-{Window}", "clerk", i / ProjectsOfClerk, day, lot);
        }
    }

    /// <summary>All of them, whoever stands in for another first.</summary>
    public IEnumerable<Helper> Helpers => _helpers.Values.OrderBy(h => h.Leave is not null);

    public string ManagerOf(Venture venture) => _managers[venture.Code];

    public string ClerkOf(Venture venture) => _clerks[venture.Code];

    private string Hire(string department, string function, int number, DateOnly day, Lot staff)
    {
        var id = $"{department}-{function}-{number + 1}";
        if (_helpers.ContainsKey(id)) return id;
        var lot = staff.Of(id);
        var given = Given[lot.Between("given", 0, Given.Length - 1)].ToString() + (lot.Happens("two", 0.7) ? Given[lot.Between("second", 0, Given.Length - 1)] : "");

        _helpers[id] = new(
            id,
            Surnames[lot.Between("surname", 0, Surnames.Length - 1)] + given,
            $"{lot.One("network", ["138", "139", "158", "177", "181", "189"])}{lot.Between("phone", 0, 99_999_999):00000000}",
            department,
            department.StartsWith(City, StringComparison.Ordinal) ? null : department.Split('-')[0],
            function == "manager" ? "middle" : "staff",
            [function],
            function == "manager" ? ProjectsOfManager : ProjectsOfClerk,
            null);

        // The second of a department can stand in for the first.
        if (number == 1 && lot.Happens("leave", 0.3))
            _helpers[$"{department}-{function}-1"] = _helpers[$"{department}-{function}-1"] with { Leave = new(day.AddDays(-lot.Between("away", 1, 5)), day.AddDays(lot.Between("back", 2, 9)), id) };
        return id;
    }
}
