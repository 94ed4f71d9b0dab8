namespace Agency.Forecasts;

/// <summary>When an activity is under way, in positions.</summary>
/// <param name="Start">Its earliest start.</param>
/// <param name="Accepted">From here on its own days count.</param>
/// <param name="End">Its own days are over.</param>
/// <param name="Finish">Its earliest finish: its end, or that of what its end waits for.</param>
/// <param name="Latest">The latest finish that keeps the whole where it is.</param>
internal readonly record struct Times(int Start, int Accepted, int End, int Finish, int Latest)
{
    /// <summary>Working days by which its finish can be later without moving the whole; never negative.</summary>
    public int Slack => Latest - Finish;

    public bool IsCritical => Slack == 0;
}

/// <summary>The critical path method: earliest times forward, latest times backward with the lengths found forward. Each pass is linear
/// in activities and links.</summary>
/// <remarks>Lengths in natural days depend on where they begin; the backward pass keeps those of the earliest start, so that slack is
/// exactly 0 along every critical chain.</remarks>
internal sealed class CriticalPath
{
    private readonly Network _network;
    private readonly Activity[] _activities;
    private readonly Timeline _timeline;
    private readonly Times[] _times;

    public CriticalPath(Network network, Activity[] activities, Timeline timeline)
    {
        (_network, _activities, _timeline, _times) = (network, activities, timeline, new Times[activities.Length]);
        Finish = Forward(activities, _times);
        Backward();
    }

    /// <summary>Where the last activity finishes; 0 without activities.</summary>
    public int Finish { get; }

    /// <summary>When each activity is under way.</summary>
    public ReadOnlySpan<Times> Times => _times;

    /// <summary>One chain of activities from a start to the finish, each keeping back the next; ties by code.</summary>
    public List<int> Chain()
    {
        var drives = new bool[_times.Length];
        for (var activity = 0; activity < _times.Length; activity++)
        {
            foreach (ref readonly var link in _network.Before(activity)) drives[link.Before] |= Drives(link, activity);
        }

        var (chain, at) = (new List<int>(), -1);
        for (var activity = 0; activity < _times.Length; activity++)
        {
            if (_times[activity].Finish == Finish && !drives[activity]) at = Smaller(activity, at);
        }

        while (at >= 0)
        {
            chain.Add(at);
            var driver = -1;
            foreach (ref readonly var link in _network.Before(at))
            {
                if (Drives(link, at)) driver = Smaller(link.Before, driver);
            }

            at = driver;
        }

        chain.Reverse();
        return chain;
    }

    /// <summary>For each activity that <paramref name="chosen"/> names where the last one would finish if that one were decided at once
    /// (<see cref="Activity.Decided"/>).</summary>
    public int[] FinishIfDecided(ReadOnlySpan<int> chosen)
    {
        var (activities, times, finishes) = (_activities.AsSpan().ToArray(), new Times[_times.Length], new int[chosen.Length]);
        for (var i = 0; i < chosen.Length; i++)
        {
            ref var activity = ref activities[chosen[i]];
            activity = activity.Decided(0);
            finishes[i] = Forward(activities, times);
            activity = _activities[chosen[i]];
        }

        return finishes;
    }

    private int Forward(Activity[] activities, Times[] times)
    {
        var last = 0;
        foreach (var index in _network.Order)
        {
            ref readonly var activity = ref activities[index];
            var links = _network.Before(index);
            var (start, held) = (activity.From, 0);
            if (activity.Any)
            {
                start = times[First(links, times)].Finish;
            }
            else
            {
                foreach (ref readonly var link in links)
                {
                    var done = times[link.Before].Finish;
                    if (link.ToEnd || activity.Begun) held = Math.Max(held, done);
                    else start = Math.Max(start, done + link.Lag);
                }
            }

            var accepted = start + activity.Window;
            var end = _timeline.After(accepted, activity.Days, activity.Unit);
            var finish = Math.Max(end, held);
            times[index] = new(start, accepted, end, finish, 0);
            last = Math.Max(last, finish);
        }

        return last;
    }

    private void Backward()
    {
        foreach (ref var time in _times.AsSpan()) time = time with { Latest = Finish };
        for (var place = _times.Length - 1; place >= 0; place--)
        {
            var index = _network.Order[place];
            var (activity, time) = (_activities[index], _times[index]);
            var links = _network.Before(index);
            var first = activity.Any ? First(links, _times) : -1;
            foreach (ref readonly var link in links)
            {
                if (activity.Any && link.Before != first) continue;
                var latest = link.ToEnd || activity.Begun ? time.Latest : time.Latest - (time.End - time.Start) - link.Lag;
                ref var before = ref _times[link.Before];
                if (latest < before.Latest) before = before with { Latest = latest };
            }
        }
    }

    // Whether the activity is where it is because of this link.
    private bool Drives(in Link link, int activity)
    {
        var (time, done) = (_times[activity], _times[link.Before].Finish);
        if (_activities[activity].Any) return link.Before == First(_network.Before(activity), _times);
        return link.ToEnd || _activities[activity].Begun ? done == time.Finish : done + link.Lag == time.Start && time.End == time.Finish;
    }

    private int First(ReadOnlySpan<Link> links, Times[] times)
    {
        var first = links[0].Before;
        foreach (ref readonly var link in links)
        {
            var sooner = times[link.Before].Finish - times[first].Finish;
            if (sooner < 0 || (sooner == 0 && Smaller(link.Before, first) == link.Before)) first = link.Before;
        }

        return first;
    }

    private int Smaller(int activity, int other) =>
        other < 0 || string.CompareOrdinal(_activities[activity].Code, _activities[other].Code) < 0 ? activity : other;
}
