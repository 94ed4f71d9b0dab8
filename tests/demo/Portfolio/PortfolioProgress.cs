using System.Diagnostics;
using System.Globalization;

namespace Agency.Demo.Portfolio;

/// <summary>Shows how far the portfolio is: a bar written over and over on a terminal, elsewhere a line for each tenth.</summary>
/// <param name="width">Columns of the terminal; null if it is none.</param>
internal sealed class PortfolioProgress(TextWriter output, int? width, int projects)
{
    private const string Clear = "\r\e[K";
    private const int Bar = 24;
    private static readonly TimeSpan _often = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly Stopwatch _watch = new();
    private TimeSpan _told;
    private int _tenth;
    private int _done;
    private double _lived;

    public int Entries { get; private set; }

    public TimeSpan Took => _watch.Elapsed;

    /// <summary>From here on time is taken.</summary>
    public void Begin() => _watch.Start();

    /// <summary>A project that is played from one day to another.</summary>
    public Life Project(DateOnly from, DateOnly to) => new(this, from, to);

    public void End()
    {
        _watch.Stop();
        if (width is not null) output.Write(Clear);
    }

    private void Tell(double lived, int entries, int done)
    {
        lock (_lock)
        {
            (_lived, Entries, _done) = (_lived + lived, Entries + entries, _done + done);
            if (width is { } columns && _watch.Elapsed - _told >= _often)
            {
                output.Write(Clear + TextTable.Cut(Line(), columns - 1));
                _told = _watch.Elapsed;
            }
            else if (width is null && (int)(_lived / projects * 10) > _tenth)
            {
                output.WriteLine(Line());
                _tenth++;
            }
        }
    }

    private string Line()
    {
        var (share, seconds) = (Math.Clamp(_lived / projects, 0, 1), _watch.Elapsed.TotalSeconds);
        var left = share > 0.01 ? TimeSpan.FromSeconds(seconds / share * (1 - share)).ToString(@"m\:ss", CultureInfo.InvariantCulture) : "-:--";
        var bar = new string('#', (int)(share * Bar)).PadRight(Bar, '.');
        return string.Create(CultureInfo.InvariantCulture, $"[{bar}] {_done}/{projects} projects  {Entries} entries  {Entries / Math.Max(seconds, 0.001):0}/s  {left} left");
    }

    /// <summary>One project's part of the whole.</summary>
    internal sealed class Life(PortfolioProgress whole, DateOnly from, DateOnly to)
    {
        private double _lived;

        /// <summary>It has been played up to a day, by so many entries more.</summary>
        public void Tell(DateOnly day, int entries) => To(Math.Clamp((day.DayNumber - from.DayNumber) / (double)Math.Max(1, to.DayNumber - from.DayNumber), _lived, 1), entries, 0);

        public void End() => To(1, 0, 1);

        private void To(double lived, int entries, int done)
        {
            whole.Tell(lived - _lived, entries, done);
            _lived = lived;
        }
    }
}
