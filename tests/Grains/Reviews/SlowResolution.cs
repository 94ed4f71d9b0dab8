using Agency.Calendar;

namespace Agency.Tests.Grains.Reviews;

/// <summary>What somebody does about a resolution.</summary>
internal enum SlowDeed
{
    Receipt,
    Ask,
    Grant,
    Urge,
    Report,
    Complete,
    Return,
    Confirm,
}

/// <summary>A deed.</summary>
/// <param name="By">office, chair, leader, supervisor, or the code of a department.</param>
/// <param name="For">The department or person that the office enters it for.</param>
/// <param name="OnPaper">Whether a day is given with it.</param>
/// <param name="Day">The day it happened.</param>
/// <param name="Until">The day asked for or granted.</param>
/// <param name="Rung">The step of the ladder that is named, from 0.</param>
/// <param name="Proof">What shows that it is done; null: nothing.</param>
/// <param name="Why">Whether a reason comes with it.</param>
internal sealed record SlowStep(SlowDeed What, string By, string? For, bool OnPaper, DateOnly Day, DateOnly Until, int? Rung, string? Proof, bool Why);

/// <summary>A resolution by the words of the rules (domain 11.6): nothing is kept but what was done, and everything is looked up in it anew.</summary>
internal sealed class SlowResolution(string chair, string lead, string assisting, DateOnly given, DateOnly promised)
{
    private const int Rungs = 4;
    private readonly List<SlowStep> _done = [];

    public DateOnly Due => All(SlowDeed.Grant).Select(s => s.Until).Append(promised).First();

    public bool Closed => All(SlowDeed.Confirm).Any();

    public bool Signed => All(SlowDeed.Receipt).Any();

    /// <summary>What shows that it is done, while the office has not sent it back.</summary>
    public SlowStep? Finished => _done.LastOrDefault(s => s.What is SlowDeed.Complete or SlowDeed.Return) is { What: SlowDeed.Complete } last ? last : null;

    public int Chased => All(SlowDeed.Urge).Count();

    public DateOnly? Asked => _done.LastOrDefault(s => s.What is SlowDeed.Ask or SlowDeed.Grant) is { What: SlowDeed.Ask } ask ? ask.Until : null;

    public string State => Closed ? "Closed" : Finished is not null ? "Completed" : Signed ? "UnderWay" : "Given";

    public bool Late(DateOnly day) => Finished is null && day > Due;

    public string Light(DateOnly day, WorkingCalendar calendar) => Finished is not null ? "Grey" : day > Due ? "Red" : WorkingDays(day, Due, calendar) <= 3 ? "Yellow" : "Green";

    public int DaysLate(DateOnly day, WorkingCalendar calendar) => Late(day) ? WorkingDays(Due, day, calendar) : 0;

    /// <summary>Takes a step: <c>no</c>, <c>same</c> (it is so already) or <c>done</c>.</summary>
    public string Take(SlowStep step)
    {
        if (!IsTheirs(step) || (step.OnPaper && step.By != "office") || (step.What == SlowDeed.Complete && step.Proof is null)) return "no";
        if (IsSo(step)) return "same";
        if (!IsPossible(step) || _done.Select(s => s.Day).Prepend(given).Any(day => day > step.Day)) return "no";
        _done.Add(step.What == SlowDeed.Urge ? step with { Rung = Chased } : step);
        return "done";
    }

    private bool IsTheirs(SlowStep step)
    {
        var speaker = step.By == "office" ? step.For : step.By;
        return step.What switch
        {
            SlowDeed.Receipt or SlowDeed.Ask or SlowDeed.Complete => speaker == lead,
            SlowDeed.Report => speaker == lead || speaker == assisting,
            SlowDeed.Grant => step.By == "chair" || (step.By == "office" && step.For == chair),
            _ => step.By == "office" && step.For is null,
        };
    }

    private bool IsSo(SlowStep step) => step.What switch
    {
        SlowDeed.Receipt => Signed,
        SlowDeed.Ask => Asked == step.Until,
        SlowDeed.Grant => All(SlowDeed.Grant).Any(s => s.Until == step.Until),
        SlowDeed.Urge => step.Rung is { } rung && rung == Chased - 1,
        SlowDeed.Complete => Finished?.Proof == step.Proof,
        SlowDeed.Confirm => Closed,
        _ => false,
    };

    private bool IsPossible(SlowStep step) => !Closed && step.What switch
    {
        SlowDeed.Receipt => true,
        SlowDeed.Ask => Finished is null && step.Why && CanBecome(step),
        SlowDeed.Grant => Finished is null && (step.Why || Asked is not null) && CanBecome(step),
        SlowDeed.Urge => Late(step.Day) && Chased < Rungs && (step.Rung ?? Chased) == Chased,
        SlowDeed.Report or SlowDeed.Complete => Signed && Finished is null,
        SlowDeed.Return => Finished is not null && step.Why,
        SlowDeed.Confirm => Finished is not null,
        _ => throw new NotSupportedException(),
    };

    // Once, later than it was, no day that has passed, and within three years.
    private bool CanBecome(SlowStep step) => !All(SlowDeed.Grant).Any() && step.Until > Due && step.Until >= step.Day && step.Until <= Due.AddYears(3);

    private IEnumerable<SlowStep> All(SlowDeed what) => _done.Where(s => s.What == what);

    private static int WorkingDays(DateOnly after, DateOnly until, WorkingCalendar calendar)
    {
        var count = 0;
        for (var day = after.AddDays(1); day <= until; day = day.AddDays(1)) count += calendar.IsWorkingDay(day) ? 1 : 0;
        return count;
    }
}
