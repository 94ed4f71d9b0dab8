using System.Globalization;

namespace Agency.Demo.Portfolio;

/// <summary>The service to a project: its manager and visits, what the owner delegates, problems, coordination, and how it is rated.</summary>
/// <param name="manager">Id of the agent who manages it.</param>
/// <param name="clerk">Id of the agent who acts for the owner, if it delegates.</param>
/// <param name="day">The day that the portfolio was made by.</param>
internal sealed class ServiceCourse(Venture venture, string manager, string clerk, DateOnly day, CityCalendar calendar)
{
    // Visits before that are left out: there would be a hundred of some projects.
    private const int DaysOfVisits = 90;

    private static readonly string[] _handedOver = ["审批文件原件", "代办事项清单"];

    private readonly Lot _lot = venture.Lot.Of("service");

    private DateOnly Appointed => calendar.After(venture.RegisteredOn, _lot.Between("appointed", 0, 2));

    private bool Delegates => _lot.Happens("delegates", 0.45);

    private bool IsStuck => venture.Fate is Fate.Undecided or Fate.Neglected or Fate.Reviewed or Fate.Paused;

    /// <summary>What is to come of it from the registration on, in no order.</summary>
    /// <param name="until">The last day that is played.</param>
    public IEnumerable<Move> Foreseen(DateOnly until) =>
    [
        new(MoveKind.Service, Appointed, "manager", new() { ["agentId"] = manager }) { Puts = true },
        .. Visits(until),
        .. Delegates ? Mandate() : [],
        .. Problems(),
        .. IsStuck || _lot.Happens("coordinated", 0.12) ? (Move[])[Coordination()] : [],
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
        yield return new(MoveKind.Service, calendar.After(end, _lot.Between("rated", 1, 5)), "ratings", new()
        {
            ["subject"] = "agency",
            ["rating"] = _lot.Weighted("rating", [("verySatisfied", 12), ("satisfied", 6), ("basicallySatisfied", 2), ("dissatisfied", 1)]),
            ["comment"] = "代办服务评价",
        })
        {
            IsOfEnd = true,
        };
    }

    private IEnumerable<Move> Visits(DateOnly until)
    {
        yield return Visit(calendar.After(Appointed, _lot.Between("first contact", 1, 3)));
        var from = day.AddDays(-DaysOfVisits) > Appointed.AddDays(7) ? day.AddDays(-DaysOfVisits) : Appointed.AddDays(7);
        for (var n = 0; from <= until && venture.Fate != Fate.Terminated; n++)
        {
            yield return Visit(calendar.OnOrAfter(from));
            from = from.AddDays(_lot.Between($"visit {n}", 5, 16));
        }
    }

    private Move Visit(DateOnly on) => new(MoveKind.Service, on, "visits", new()
    {
        ["place"] = _lot.One($"place {on.DayNumber}", ["项目现场", "建设单位", "政务服务大厅"]),
        ["findings"] = _lot.One($"findings {on.DayNumber}", ["逐项核对审批进度,提醒下一步申报材料", "建设单位反映资料准备正常", "现场了解施工准备情况,进度符合计划", "协助对接水电气接入单位", "了解资金和用地落实情况"]),
    });

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

    private IEnumerable<Move> Problems()
    {
        if (IsStuck)
        {
            var (category, what) = venture.Fate switch
            {
                Fate.Undecided => ("department", "审批部门超期未作出决定,影响后续事项申报"),
                Fate.Neglected => ("material", "建设单位迟迟未提交申报材料"),
                Fate.Reviewed => ("planning", "专家评审意见反复,技术方案未定稿"),
                _ => ("funding", "项目建设资金未落实"),
            };
            yield return Raised(calendar.After(venture.FateOn, _lot.Between("raised", 3, 8)), category, what, null);
        }
        else if (_lot.Happens("problem", 0.25) && (day.DayNumber - venture.RegisteredOn.DayNumber) is > 30 and var life)
        {
            var (category, what) = _lot.One("problem", [("land", "红线内个别地块尚未完成清表"), ("utility", "临时用电接入点距离较远"), ("construction", "施工便道与相邻项目交叉"), ("material", "测绘成果与报建图不一致"), ("other", "相邻权利人提出异议")]);
            var on = calendar.OnOrAfter(venture.RegisteredOn.AddDays(life * _lot.Between("raised", 10, 95) / 100));
            yield return Raised(on, category, what, calendar.After(on, _lot.Between("closed", 1, 14)));
        }
    }

    private Move Raised(DateOnly on, string category, string what, DateOnly? closed)
    {
        Move[] after =
        [
            new(MoveKind.Service, calendar.After(on, 1), "problems/{id}/countermeasure", new() { ["text"] = "项目服务经理已对接责任单位,明确解决时限" }),
            .. closed is { } end ? (Move[])[new(MoveKind.Service, end, "problems/{id}/closure", new() { ["evidence"] = Move.Materials(["问题处理情况说明"]), ["outcome"] = "问题已解决" }) { Order = 1 }] : [],
        ];
        return new(MoveKind.Service, on, "problems", new() { ["category"] = category, ["description"] = what, ["personInCharge"] = manager })
        {
            After = _lot.Happens("countermeasure", 0.6) ? after : after[1..],
        };
    }

    private Move Coordination()
    {
        var on = IsStuck ? calendar.After(venture.FateOn, _lot.Between("coordinated on", 5, 15)) : calendar.OnOrAfter(venture.RegisteredOn.AddDays(_lot.Between("coordinated on", 10, 120)));
        return new(MoveKind.Service, on, "coordination", new()
        {
            ["kind"] = IsStuck ? "adHoc" : _lot.One("kind", ["earlyInvolvement", "onSite", "coaching"]),
            ["place"] = "市政务服务中心会议室",
            ["departments"] = new[] { venture.LeadDepartment },
            ["topic"] = "项目审批推进",
            ["conclusions"] = "由牵头单位会同建设单位按时限办理,项目服务处跟踪督办",
            ["followUps"] = new[] { new Dictionary<string, object?> { ["action"] = "报送办理情况", ["dueOn"] = calendar.After(on, 10), ["department"] = venture.LeadDepartment } },
        });
    }

    private string Number(DateOnly on, string what) => string.Create(CultureInfo.InvariantCulture, $"南重服{what}〔{on.Year}〕{venture.Index + 1}号");
}
