namespace Agency.Demo;

/// <summary>A step that somebody takes of an item on a day.</summary>
/// <param name="Path">The step's resource below the item.</param>
/// <param name="Body">The request's body.</param>
internal sealed record Step(DateOnly Day, string Item, string Path, IReadOnlyDictionary<string, object?> Body);

/// <summary>The owner reports on a day that a work is finished.</summary>
/// <param name="Body">The request's body.</param>
internal sealed record Finish(DateOnly Day, Work Work, IReadOnlyDictionary<string, object?> Body);

/// <summary>What happens next to an item, and when: what is usual, unless the item is one of the few with which something happens. A function
/// of what the service answers, so that an interrupted play goes on where it stopped.</summary>
/// <param name="days">Counts working days.</param>
internal sealed class Course(WorkingDays days)
{
    private enum Turn
    {
        None,
        Supplement,
        Suspension,
        Extension,
        Denial,
        Silence,
        Delay,
    }

    private const int Extension = 3;
    private const int AnnouncedReview = 10;

    // Natural days that each further work is built longer than the one before.
    private const int Longer = 12;

    private static readonly string[] _missing = ["选址论证报告"];

    /// <summary>The item's next step; null if none is to be taken now.</summary>
    /// <param name="since">Since when the item can be submitted.</param>
    public async ValueTask<Step?> Next(Item item, DateOnly since, CancellationToken cancellationToken)
    {
        ValueTask<DateOnly> After(DateOnly day, int count) => days.After(day, count, cancellationToken);

        var turn = TurnOf(item.Code);
        var atOnce = item.Clock.LimitDays == 0;
        switch (item.State)
        {
            case "ready":
                return Applicant(item, await After(since, Draw(item, "submission", 1, 4)), "submission", "申请材料");
            case "denied":
                return Applicant(item, await After(item.Round.DecidedOn!.Value, 8), "submission", "修改后的申请材料");
            case "submitted" when turn == Turn.Supplement && item.Round.SupplementRequestedOn is null:
                return Department(item, await After(item.Round.ReceivedOn, 2), "supplement-request", new() { ["missing"] = _missing, ["reason"] = "选址论证报告未附专家意见" });
            case "submitted" when turn == Turn.Silence:
                return Approval(item, await After(item.Round.AnswerDueOn!.Value, 1));
            case "submitted":
                return Department(item, atOnce ? item.Round.ReceivedOn : await After(item.Round.ReceivedOn, Draw(item, "acceptance", 1, 3)), "acceptance", []);
            case "supplementRequested":
                return Applicant(item, await After(item.Round.SupplementRequestedOn!.Value, 4), "supplement", item.Round.Missing[0]);
            case "accepted" when turn == Turn.Suspension && item.Round.Suspensions.Count == 0:
                return Department(item, await After(item.Round.AcceptedOn!.Value, 2), "suspension", new() { ["procedure"] = "ZJPS", ["announcedDays"] = AnnouncedReview, ["reason"] = "设计方案须组织专家评审" });
            case "accepted" when turn == Turn.Extension && item.Round.ExtensionDays == 0:
                return Department(item, await After(item.Round.AcceptedOn!.Value, item.Clock.LimitDays - 1), "extension", new() { ["days"] = Extension, ["grantedBy"] = "局长", ["reason"] = "划拨决定书须报市政府批准" });
            case "accepted" when turn == Turn.Denial && item.Rounds.Count == 1:
                return Department(item, await Decided(item, cancellationToken), "decision", new() { ["outcome"] = "denied", ["reason"] = "防空地下室面积不足" });
            case "accepted" when turn == Turn.Delay:
                return Approval(item, await After(item.Clock.DueDate!.Value, 2));
            case "accepted":
                return Approval(item, await Decided(item, cancellationToken));
            case "suspended":
                return Department(item, await After(item.Round.Suspensions[^1].SuspendedOn, AnnouncedReview - 2), "resumption", []);
            case "approved" when item.Round.DeliveredOn is null && item.Department != "OWNER":
                return Department(item, await After(item.Round.DecidedOn!.Value, Draw(item, "delivery", 1, 3)), "delivery", new() { ["deliveryMethod"] = "窗口领取" });
            default:
                return null;
        }
    }

    /// <summary>When the owner reports a work finished: on the working day after it stands; null while it has no permit, or once that is reported.</summary>
    /// <param name="constructionDays">Natural days that the first is built for.</param>
    public async ValueTask<Finish?> Next(Work work, int constructionDays, CancellationToken cancellationToken)
    {
        if (work is not { PermittedOn: { } permitted, FinishedOn: null }) return null;
        var finished = permitted.AddDays(constructionDays + (Longer * (work.Number - 1)));
        var day = await days.After(finished, 1, cancellationToken);
        return new(day, work, new Dictionary<string, object?> { ["work"] = work.Number, ["finishedOn"] = finished, ["occurredOn"] = day, ["lateReason"] = Building.LateReason });
    }

    private static Turn TurnOf(string item) => item switch
    {
        "A06" => Turn.Supplement,
        "B01" => Turn.Suspension,
        "A07" => Turn.Extension,
        "B08" => Turn.Denial,
        "D04" => Turn.Silence,
        "U05" => Turn.Delay,
        _ => Turn.None,
    };

    // Within the limit: after half of it at the earliest.
    private async ValueTask<DateOnly> Decided(Item item, CancellationToken cancellationToken)
    {
        var round = item.Round;
        var (accepted, limit) = (round.AcceptedOn!.Value, item.Clock.LimitDays + round.ExtensionDays);
        if (limit == 0) return accepted;
        var taken = round.ExtensionDays > 0 ? limit : Draw(item, "decision", (limit + 1) / 2, Math.Max(1, limit - 1));
        if (!item.Clock.CountsWorkingDays) return await days.After(accepted.AddDays(taken - 1), 1, cancellationToken);
        var day = await days.After(round.Suspensions is [.., { ResumedOn: { } resumed }] ? resumed : accepted, taken, cancellationToken);
        return item.Clock.DueDate < day ? item.Clock.DueDate.Value : day;
    }

    private static Step Applicant(Item item, DateOnly day, string path, string material) =>
        Paper(item, day, path, new() { ["materials"] = new[] { new Dictionary<string, object?> { ["name"] = material } } });

    private static Step Approval(Item item, DateOnly day) => Department(item, day, "decision", new() { ["outcome"] = "approved" });

    private static Step Department(Item item, DateOnly day, string path, Dictionary<string, object?> body)
    {
        body["onBehalfOf"] = item.Department;
        if (path == "decision") body["documentNumber"] = $"南审〔{day.Year}〕{item.Code}-{item.Rounds.Count}号";
        return Paper(item, day, path, body);
    }

    private static Step Paper(Item item, DateOnly day, string path, Dictionary<string, object?> body)
    {
        body["occurredOn"] = day;
        body["lateReason"] = Building.LateReason;
        return new(day, item.Code, path, body);
    }

    // A number that looks drawn by lot, but is the same each time (FNV-1a), and for an item in every work: works side by side share days.
    private static int Draw(Item item, string what, int least, int most)
    {
        var hash = $"{item.BaseCode}/{item.Rounds.Count}/{what}".Aggregate(2166136261u, (h, c) => unchecked((h ^ c) * 16777619u));
        return least + (int)(hash % (uint)(most - least + 1));
    }
}
