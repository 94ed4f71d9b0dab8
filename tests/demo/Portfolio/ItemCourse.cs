using System.Globalization;

namespace Agency.Demo.Portfolio;

/// <summary>What happens next to an item of a project, and when: a function of how the item stands and of lots, so that an interrupted play
/// goes on where it stopped.</summary>
internal sealed class ItemCourse(Venture venture, FlowAnswer flow, CityCalendar calendar)
{
    private const string NaturalDays = "naturalDays";
    private const string Owner = "OWNER";
    private const int AnswerDays = 5;

    private readonly Dictionary<string, FlowItem> _known = flow.Items.ToDictionary(i => i.Item);

    /// <summary>The item's next step; null if none is to be taken, or not before something else happens.</summary>
    /// <param name="since">Since when the item can be submitted.</param>
    public Move? Next(Item item, DateOnly? since)
    {
        var lot = venture.Lot.Of($"{item.Code} {item.Rounds.Count}");
        var move = item.State switch
        {
            "ready" or "notReady" when since is { } day => Submission(item, Prepared(item, day)),
            "denied" => Submission(item, calendar.After(item.Round.DecidedOn!.Value, Paced(lot.Between("again", 5, 15)))),
            "submitted" => Answer(item, lot),
            "supplementRequested" => Applicant(item, calendar.After(item.Round.SupplementRequestedOn!.Value, Paced(lot.Between("supplement", 2, 10))), "supplement", item.Round.Missing),
            "accepted" => Examined(item, lot),
            "suspended" => Resumed(item, lot),
            "approved" when item.Round.DeliveredOn is null && item.Department != Owner =>
                Step(item, calendar.After(item.Round.DecidedOn!.Value, lot.Between("delivery", 1, 4)), "delivery", new() { ["deliveryMethod"] = lot.One("method", ["窗口领取", "邮寄送达", "电子证照"]) }),
            _ => null,
        };
        if (venture.Fate == Fate.Neglected && move?.Day >= venture.FateOn && move.Step is "submission" or "supplement") return null;
        return move;
    }

    /// <summary>The item as it stands once it has been submitted with others; what it will be told once more by the next answer.</summary>
    public Item Submitted(Item item, DateOnly day) =>
        item with { State = "submitted", Rounds = [.. item.Rounds, new(day, calendar.After(day, AnswerDays), null, [], null, false, [], 0, null, null)] };

    /// <summary>The materials with which an item is submitted: what will be found missing is not among them.</summary>
    public IReadOnlyList<string> Materials(Item item)
    {
        var names = _known.TryGetValue(item.BaseCode, out var known) ? known.Materials.Select(m => m.Name).ToArray() : [];
        var missing = item.Rounds.Count == 0 && Lacks(item, venture.Lot.Of($"{item.Code} 1")) ? Missing(item) : null;
        return [.. names.Where(n => n != missing)];
    }

    // The owner's own work before an application, in working days; items that take none are handed in together, by stage and day.
    private DateOnly Prepared(Item item, DateOnly since)
    {
        var (least, most) = item.BaseCode switch
        {
            "A02" or "A03" or "B05" or "P02" or "P04" => (8, 22),
            "A12" or "C03" or "A06" or "B02" => (4, 14),
            "B01" or "C01" => (15, 40),
            "P01" => (25, 55),
            _ => (0, 0),
        };
        return calendar.After(since, Paced(most > 0 ? venture.Lot.Between($"{item.Code} prepared", least, most) : venture.Lot.Between($"{item.Stage} {item.Work} {since.DayNumber}", 1, 5)));
    }

    private Move Answer(Item item, Lot lot)
    {
        var round = item.Round;
        if (round.SupplementRequestedOn is null && item.Rounds.Count == 1 && Lacks(item, lot))
        {
            var missing = Missing(item)!;
            return Step(item, calendar.After(round.ReceivedOn, lot.Between("request", 1, 4)), "supplement-request", new() { ["missing"] = new[] { missing }, ["reason"] = $"未提交{missing},或所提交的不符合要求" });
        }

        if (round.AnswerDueOn is { } due && item.Clock.LimitDays > AnswerDays && _known.GetValueOrDefault(item.BaseCode) is { DeemedAcceptance: true } && lot.Happens("silence", venture.Tempers.Silence))
            return Decision(item, Later(calendar.After(due, 1), InTime(item, Due(item, round.ReceivedOn), lot)), lot);
        return Step(item, item.Clock.LimitDays == 0 ? round.ReceivedOn : calendar.After(round.ReceivedOn, lot.Between("acceptance", 0, 3)), "acceptance", []);
    }

    private Move? Examined(Item item, Lot lot)
    {
        var (round, known) = (item.Round, _known.GetValueOrDefault(item.BaseCode));
        var due = item.Clock.DueDate ?? Due(item, round.AcceptedOn!.Value);
        var day = Later(InTime(item, due, lot), round.Suspensions is [.., { ResumedOn: { } resumed }] ? resumed : round.AcceptedOn!.Value);
        if (item.Clock.LimitDays > 0 && lot.Happens("late", venture.Tempers.Late)) day = calendar.After(due, lot.Between("late by", 1, venture.Fate == Fate.Late ? 20 : 6));
        if (venture.Fate == Fate.Undecided && day >= venture.FateOn) return null;

        var reviewed = venture.Fate == Fate.Reviewed && day >= venture.FateOn && item.Clock.LimitDays > 2;
        if (reviewed || (round.Suspensions.Count == 0 && item.Clock.LimitDays >= 5 && lot.Happens("suspension", venture.Tempers.Suspension))) return Suspension(item, reviewed ? Earlier(day, due) : Earlier(calendar.After(round.AcceptedOn!.Value, 1), due), lot);
        if (round.ExtensionDays == 0 && known?.MaxExtensionDays > 0 && round.Suspensions.Count == 0 && lot.Happens("extension", venture.Tempers.Extension))
        {
            return Step(item, Later(calendar.Before(due, 1), round.AcceptedOn!.Value), "extension", new()
            {
                ["days"] = lot.Between("extended by", 2, known.MaxExtensionDays),
                ["grantedBy"] = "局长",
                ["reason"] = lot.One("why", ["情况复杂,须会商相关部门", "涉及面广,须报主管领导审定", "须补充现场核查"]),
            });
        }

        return item.Rounds.Count == 1 && lot.Happens("denial", venture.Tempers.Denial) ? Denial(item, day, lot) : Decision(item, day, lot);
    }

    private static Move Suspension(Item item, DateOnly day, Lot lot)
    {
        var (procedure, days, reason) = lot.Weighted("procedure", [(("ZJPS", 12, "须组织专家评审"), 5), (("GS", 7, "须依法公示"), 4), (("WTPG", 15, "须委托技术评估"), 3), (("JC", 8, "须现场检测"), 1)]);
        return Step(item, day, "suspension", new() { ["procedure"] = procedure, ["announcedDays"] = days, ["reason"] = reason });
    }

    private Move? Resumed(Item item, Lot lot)
    {
        var last = item.Round.Suspensions[^1];
        if (venture.Fate == Fate.Reviewed && last.SuspendedOn >= venture.FateOn) return null;
        var end = calendar.OnOrAfter(last.AnnouncedEnd ?? last.SuspendedOn);
        return Step(item, lot.Happens("outlasted", 0.15) ? calendar.After(end, lot.Between("outlasted by", 1, 8)) : Later(calendar.Before(end, lot.Between("sooner", 0, 3)), last.SuspendedOn), "resumption", []);
    }

    // Within the limit, of which departments use some part at least.
    private DateOnly InTime(Item item, DateOnly due, Lot lot)
    {
        var limit = item.Clock.LimitDays + item.Clock.ExtensionDays;
        var left = limit == 0 ? 0 : lot.Between("decision", 0, (int)(limit * (10 - venture.Tempers.Slack) / 10));
        return item.Clock.Unit == NaturalDays ? Earlier(calendar.OnOrAfter(due.AddDays(-left)), due) : calendar.Before(due, left);
    }

    // Where the service has not said it yet.
    private DateOnly Due(Item item, DateOnly from) => item.Clock.Unit == NaturalDays
        ? calendar.OnOrAfter(from.AddDays(item.Clock.LimitDays))
        : calendar.After(from, item.Clock.LimitDays);

    private bool Lacks(Item item, Lot lot) => Missing(item) is not null && item.Clock.LimitDays > 0 && lot.Happens("lacks", venture.Tempers.Supplement);

    private string? Missing(Item item) => _known.GetValueOrDefault(item.BaseCode)?.Materials.LastOrDefault(m => m.Essential)?.Name;

    private int Paced(int days) => Math.Max(1, (int)Math.Round(days * venture.Tempers.OwnerPace));

    private Move Submission(Item item, DateOnly day) => Applicant(item, day, "submission", Materials(item));

    private static Move Applicant(Item item, DateOnly day, string step, IEnumerable<string> materials) =>
        new(MoveKind.Step, day, step, new() { ["materials"] = Move.Materials(materials) }) { Item = item.Code };

    private static Move Denial(Item item, DateOnly day, Lot lot) =>
        Step(item, day, "decision", new() { ["outcome"] = "denied", ["reason"] = lot.One("denied", ["不符合控制性详细规划", "技术指标不满足规范要求", "申请内容与核定规模不一致"]) });

    private static Move Decision(Item item, DateOnly day, Lot lot) => Step(item, day, "decision", new()
    {
        ["outcome"] = "approved",
        ["documentNumber"] = string.Create(CultureInfo.InvariantCulture, $"南审批〔{day.Year}〕{item.BaseCode}-{lot.Between("number", 1, 999)}号"),
    });

    private static Move Step(Item item, DateOnly day, string step, Dictionary<string, object?> body)
    {
        body["onBehalfOf"] = item.Department;
        return new(MoveKind.Step, day, step, body) { Item = item.Code };
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}
