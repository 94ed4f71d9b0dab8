using System.Globalization;

namespace Agency.Demo.Portfolio;

/// <summary>The service to a project: its manager, and what the owner delegates.</summary>
/// <param name="manager">Id of the agent who manages it.</param>
/// <param name="clerk">Id of the agent who acts for the owner, if it delegates.</param>
internal sealed class ServiceCourse(Venture venture, string manager, string clerk, CityCalendar calendar)
{
    private static readonly string[] _handedOver = ["审批文件原件", "代办事项清单"];

    private readonly Lot _lot = venture.Lot.Of("service");

    private DateOnly Appointed => calendar.After(venture.RegisteredOn, _lot.Between("appointed", 0, 2));

    private bool Delegates => _lot.Happens("delegates", 0.45);

    /// <summary>What is to come of it from the registration on, in no order.</summary>
    public IEnumerable<Move> Foreseen() =>
    [
        new(MoveKind.Service, Appointed, "manager", new() { ["agentId"] = manager }) { Puts = true },
        .. Delegates ? Mandate() : [],
    ];

    /// <summary>What follows once the project is complete.</summary>
    public IEnumerable<Move> Completed(DateOnly completed)
    {
        if (!Delegates) yield break;
        var end = calendar.After(completed, _lot.Between("ended", 3, 8));
        yield return new(MoveKind.Service, end, "mandate/completion", new()
        {
            ["documentNumber"] = Number(end, "办结"),
            ["callBack"] = "已回访建设单位,材料原件全部移交",
            ["handedOver"] = _handedOver,
        })
        {
            IsOfEnd = true,
        };
    }

    private IEnumerable<Move> Mandate()
    {
        var requested = calendar.After(Appointed, _lot.Between("requested", 1, 10));
        var accepted = calendar.After(requested, _lot.Between("accepted", 0, 2));
        var agreed = calendar.After(accepted, _lot.Between("agreed", 1, 3));
        var term = new Dictionary<string, object?> { ["until"] = requested.AddDays(_lot.Between("term", 365, 1095)) };
        Dictionary<string, object?> request = new() { ["consent"] = true, ["term"] = term, ["scope"] = "full" };
        if (_lot.Happens("part", 0.3)) (request["scope"], request["stages"]) = ("part", _lot.One("stages", (string[][])[["S1", "S2"], ["S1", "S2", "S3"], ["S3"]]));
        yield return new(MoveKind.Service, requested, "mandate", request);
        yield return new(MoveKind.Service, accepted, "mandate/acceptance", []) { Order = 1 };
        yield return new(MoveKind.Service, agreed, "mandate/agreement", new() { ["documentNumber"] = Number(agreed, "代办") });
        yield return new(MoveKind.Service, calendar.After(agreed, 1), $"mandate/agents/{clerk}", new() { ["plan"] = "按审批流程逐项列出申报时间、材料和责任人" }) { Puts = true };
    }

    private string Number(DateOnly on, string what) => string.Create(CultureInfo.InvariantCulture, $"南重服{what}〔{on.Year}〕{venture.Index + 1}号");
}
