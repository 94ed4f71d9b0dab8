using Agency.Reviews;

namespace Agency.Tests.Grains.Reviews;

/// <summary>A session as one would keep it with pencil and paper: everything that was said in one list, and each question answered by reading the
/// list from the start. Written from domain 11 alone.</summary>
internal sealed class SlowReview
{
    public static readonly DateTimeOffset First = ReviewLife.Start;

    private readonly List<Line> _lines = [];

    private enum What
    {
        Draft,
        Ask,
        Remove,
        Name,
        Call,
        Move,
        Cancel,
        Remind,
        Open,
        Say,
        Conclude,
        Reopen,
        End,
        Issue,
    }

    private sealed record Line(What What, DateTimeOffset At, string Entry = "", string[]? Departments = null, string Question = "", string Department = "", Stance Stance = default, Outcome Outcome = default, int Resolutions = 0, DateTimeOffset Start = default, string? Chair = null, bool Joint = false);

    public string[] Agenda => [.. _lines.Where(l => l.What == What.Ask).Select(l => l.Entry).Distinct().Where(e => !Has(What.Remove, e))];

    public string State => _lines.LastOrDefault(l => l.What is What.Draft or What.Call or What.Move or What.Cancel or What.Open or What.End or What.Issue)?.What switch
    {
        null => "none",
        What.Draft => "drafted",
        What.Call or What.Move => "convened",
        What.Cancel => "cancelled",
        What.Open => "inSession",
        What.End => "minutesDrafted",
        _ => _lines.Any(l => l.What == What.Conclude && l.Resolutions > 0 && Standing(l)) ? "issued" : "archived",
    };

    private DateTimeOffset Start => _lines.Last(l => l.What is What.Draft or What.Move).Start;

    // What is concluded stays as the deadline of its day had it.
    private DateTimeOffset Deadline(string entry) => IsOpen(entry) ? Start : At(_lines.FindLastIndex(l => l.What == What.Conclude && l.Entry == entry)).Start;

    private string? Chair => _lines.Last(l => l.What is What.Draft or What.Name).Chair;

    private bool Joint => _lines[0].Joint;

    private bool UnderWay => State is "convened" or "inSession";

    public bool Draft(bool joint, string? chair) => Note(State == "none", new(What.Draft, default, Start: First, Chair: chair, Joint: joint));

    /// <summary>Names who chairs; null: the office.</summary>
    public bool Name(DateTimeOffset at, string? chair) => Note(State == "drafted" || (UnderWay && (chair is not null || !Joint || Chair is null)), new(What.Name, at, Chair: chair));

    public bool Ask(DateTimeOffset at, string entry, string[] departments, string question, bool reason) =>
        Note((State == "drafted" || (UnderWay && (reason || Ahead(at) || (departments.Length == 0 && !(Agenda.Contains(entry) && Concerned(entry).Length > 0))))) && IsOpen(entry), new(What.Ask, at, entry, departments, question));

    public bool IsSame(string entry, string[] departments, string question) =>
        _lines.LastOrDefault(l => l.What == What.Ask && l.Entry == entry) is { } last && last.Question == question && last.Departments!.SequenceEqual(departments);

    public bool Remove(DateTimeOffset at, string entry) => Note((State == "drafted" || UnderWay) && Agenda.Contains(entry) && IsOpen(entry), new(What.Remove, at, entry));

    public bool Call(DateTimeOffset at) => Note(State == "drafted" && Agenda.Length > 0 && at <= Start && (!Joint || Chair is not null), new(What.Call, at));

    public bool Move(DateTimeOffset at, DateTimeOffset start) => Note(UnderWay && at <= start, new(What.Move, at, Start: start));

    public bool Cancel(DateTimeOffset at) => Note(State is "drafted" or "convened", new(What.Cancel, at));

    public bool Remind(DateTimeOffset at)
    {
        string[] owing = UnderWay && at <= Start ? [.. Agenda.Where(IsOpen).SelectMany(e => Concerned(e).Where(d => Said(e, d) is null)).Distinct()] : [];
        return Note(owing.Length > 0, new(What.Remind, at, Departments: owing));
    }

    public bool Open(DateTimeOffset at, string by) => Note(State == "convened" && (by == "office" || by == Chair) && ShanghaiTime.DayOf(at) >= ShanghaiTime.DayOf(Start), new(What.Open, at));

    public bool Say(DateTimeOffset at, string entry, string department, Stance stance)
    {
        if (State is not ("convened" or "inSession" or "minutesDrafted") || !Agenda.Contains(entry) || !Concerned(entry).Contains(department)) return false;

        // The same again is already so, and stands as it was said.
        var last = _lines.FindLastIndex(l => l.What == What.Say && l.Entry == entry && l.Department == department);
        if (last > AskedAt(entry) && _lines[last].Stance == stance && (_lines[last].At <= Deadline(entry) || at > Deadline(entry))) return true;
        return Note(true, new(What.Say, at, entry, Department: department, Stance: stance));
    }

    public bool Conclude(DateTimeOffset at, string by, string entry, Outcome outcome, int resolutions) =>
        Note(State == "inSession" && IsChairs(by) && Agenda.Contains(entry) && IsOpen(entry) && (resolutions == 0 || outcome == Outcome.Adopted)
            && (at > Start || Concerned(entry).All(d => Said(entry, d) is not null)), new(What.Conclude, at, entry, Outcome: outcome, Resolutions: resolutions));

    public bool Reopen(DateTimeOffset at, string by, string entry) => Note(State == "inSession" && IsChairs(by) && Agenda.Contains(entry) && !IsOpen(entry), new(What.Reopen, at, entry));

    public bool End(DateTimeOffset at, string by) => Note(State == "inSession" && IsChairs(by) && Agenda.Length > 0 && Agenda.All(e => !IsOpen(e)), new(What.End, at));

    public bool Issue(DateTimeOffset at, string by) => Note(State == "minutesDrafted" && IsChairs(by), new(What.Issue, at));

    /// <summary>How an entry stands at an instant: its outcome, and of each department the stance that counts; in brackets where it is silence.</summary>
    public string Told(string entry, DateTimeOffset now)
    {
        var conclusion = _lines.FindLastIndex(l => l.What is What.Conclude or What.Reopen && l.Entry == entry);
        var outcome = conclusion >= 0 && _lines[conclusion].What == What.Conclude ? $"{_lines[conclusion].Outcome}" : "open";
        return $"{entry} {outcome} {string.Join(' ', Concerned(entry).Select(d => $"{d}:{Said(entry, d)?.ToString() ?? (Silence(entry, d, now) ? "(Agree)" : "-")}"))}";
    }

    public int Resolutions => _lines.Where(l => l.What == What.Conclude && Standing(l)).Sum(l => l.Resolutions);

    private bool Note(bool may, Line line)
    {
        if (may) _lines.Add(line);
        return may;
    }

    // The chair itself, or the office that says for whom; the office alone where nobody else chairs.
    private bool IsChairs(string by) => Chair is { } chair ? by == chair || by == $"office for {chair}" : by == "office";

    private bool Has(What what, string entry) => _lines.Any(l => l.What == what && l.Entry == entry);

    private string[] Concerned(string entry) => _lines.Last(l => l.What == What.Ask && l.Entry == entry).Departments!;

    private bool IsOpen(string entry) => _lines.LastOrDefault(l => l.What is What.Conclude or What.Reopen && l.Entry == entry) is not { What: What.Conclude };

    private bool Standing(Line conclusion) => !_lines.Skip(_lines.IndexOf(conclusion) + 1).Any(l => l.What == What.Reopen && l.Entry == conclusion.Entry);

    // When the question that stands was first put.
    private int AskedAt(string entry)
    {
        var question = _lines.Last(l => l.What == What.Ask && l.Entry == entry).Question;
        var asked = _lines.FindLastIndex(l => l.What == What.Ask && l.Entry == entry && l.Question != question);
        return _lines.FindIndex(asked + 1, l => l.What == What.Ask && l.Entry == entry);
    }

    // The last word before the deadline and the conclusion; after a reopening any.
    private Stance? Said(string entry, string department)
    {
        var reopened = _lines.FindLastIndex(l => l.What == What.Reopen && l.Entry == entry);
        var concluded = IsOpen(entry) ? int.MaxValue : _lines.FindLastIndex(l => l.What == What.Conclude && l.Entry == entry);
        return _lines.Index().LastOrDefault(l => l.Item is { What: What.Say } said && said.Entry == entry && said.Department == department
            && l.Index > AskedAt(entry) && l.Index < concluded && (reopened >= 0 || said.At <= Deadline(entry))).Item?.Stance;
    }

    // Silence is agreement when the department was told and after that reminded, and the deadline passed before the chair concluded; and once it was, it stays,
    // unless the question came to be open under another deadline.
    private bool Silence(string entry, string department, DateTimeOffset now)
    {
        if (department == ReviewLife.Province) return false;
        for (var i = AskedAt(entry) + 1; i < _lines.Count; i++)
        {
            if (_lines[i] is { What: What.Conclude } c && c.Entry == entry && At(i).Judged(entry, department, c.At)
                && !Enumerable.Range(i + 1, _lines.Count - i).Any(j => At(j).IsOpen(entry) && At(j).Start != At(i).Start)) return true;
        }

        return IsOpen(entry) && UnderWay && Judged(entry, department, now);
    }

    private bool Judged(string entry, string department, DateTimeOffset now)
    {
        if (!UnderWay || now <= Start || !Concerned(entry).Contains(department) || Said(entry, department) is not null) return false;
        var changed = _lines.FindLastIndex(l => (l.What == What.Ask && l.Entry == entry) || l.What is What.Call or What.Move);
        return Ahead(_lines[changed].At) && _lines.Skip(changed + 1).Any(l => l.What == What.Remind && l.Departments!.Contains(department));
    }

    // An ad hoc session is told of a working day ahead: one lies between, or is the day of the session itself.
    private bool Ahead(DateTimeOffset told)
    {
        for (var day = ShanghaiTime.DayOf(told).AddDays(1); day <= ShanghaiTime.DayOf(Start); day = day.AddDays(1))
        {
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) return true;
        }

        return false;
    }

    // The list as it was before a line.
    private SlowReview At(int line)
    {
        var then = new SlowReview();
        then._lines.AddRange(_lines.Take(line));
        return then;
    }
}
