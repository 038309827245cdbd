/** The script that stands in the page itself and runs before all others. */
import '../lockdown/lockdown';
import './prerendered';
