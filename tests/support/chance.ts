/** Before every test file: what is tried by chance is the same in every run. */
import fc from 'fast-check';

fc.configureGlobal({ seed: 799 });
